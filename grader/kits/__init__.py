"""The files that let a host grade: GitHub Actions, GitLab CI, Gradescope and Classroom 50."""

from grader.kits.files import Kit, KitFile, is_untouched
from grader.kits.hosted import classroom50_kit, gradescope_kit
from grader.kits.jobs import github_kit, gitlab_kit
from grader.kits.settings import CourseSource, Host, KitSettings, github_repository, gitlab_repository

__all__ = [
    "CourseSource",
    "Host",
    "Kit",
    "KitFile",
    "KitSettings",
    "classroom50_kit",
    "github_kit",
    "github_repository",
    "gitlab_kit",
    "gitlab_repository",
    "gradescope_kit",
    "is_untouched",
]
