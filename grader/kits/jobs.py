"""Kits for a job that fetches the course by itself: GitHub Actions and GitLab CI."""

from pathlib import PurePosixPath

from grader.kits.actions import ACTIONS
from grader.kits.files import Kit, KitFile, marked
from grader.kits.rendering import render
from grader.kits.settings import CourseSource, KitSettings
from grader.kits.wheel import installed_version


def github_kit(settings: KitSettings, source: CourseSource) -> Kit:
    """Return a workflow for the repositories that students get."""
    text = render("github.yml.j2", **_values(settings, source), actions=ACTIONS)
    return Kit(
        files=(KitFile(path=PurePosixPath(".github/workflows/grade.yml"), content=marked(text)),),
        next_steps=(
            "commit .github/workflows/grade.yml to the repository that students copy: it grades each push",
            _public(source),
            "students can edit the workflow in their own copy, so that what it says is feedback",
            "take marks from grade class, or from a workflow that your organization's ruleset requires",
        ),
    )


def gitlab_kit(settings: KitSettings, source: CourseSource) -> Kit:
    """Return a pipeline for the projects that students get."""
    image = f"python:{settings.python}"
    text = render("gitlab.yml.j2", **_values(settings, source), image=image)
    return Kit(
        files=(KitFile(path=PurePosixPath("grade.gitlab-ci.yml"), content=marked(text)),),
        next_steps=(
            "commit grade.gitlab-ci.yml to the course's project, not to the students'",
            "in a student's project, set CI/CD configuration file to grade.gitlab-ci.yml@GROUP/COURSE",
            "(Settings > CI/CD > General pipelines): students then cannot edit what grades them",
            _public(source),
            "who may set CI/CD variables can still change a job: give students the Developer role",
            "take marks from grade class",
        ),
    )


def _public(source: CourseSource) -> str:
    """No token: whoever can push could print it, and fetch the solutions."""
    return f"jobs fetch {source.repository} without a token: publish a release there (grade release), not the solutions"


def _values(settings: KitSettings, source: CourseSource) -> dict[str, object]:
    return {
        "settings": settings,
        "source": source,
        "fail_under": f"{settings.fail_under_percent:g}",
        # The one library whose version can change a result.
        "numpy": f"numpy=={installed_version('numpy')}",
    }
