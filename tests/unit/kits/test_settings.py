"""What may be written into a script."""

import pytest

from grader.errors import UsageError
from grader.kits.settings import CourseSource, KitSettings, github_repository, gitlab_repository


@pytest.mark.parametrize(
    "address", ["org/course", "https://github.com/org/course", "https://github.com/org/course.git"]
)
def test_a_repository_on_github_is_known_by_its_owner_and_name(address: str) -> None:
    assert github_repository(address) == "org/course"


@pytest.mark.parametrize("address", ["", "course", "https://gitlab.com/org/course", "org/course\n  ref: main", "a/b/c"])
def test_what_is_no_repository_on_github_is_refused(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        github_repository(address)
    assert "--repository OWNER/NAME" in caught.value.hint


def test_a_repository_on_gitlab_may_lie_in_groups_and_on_any_server() -> None:
    assert gitlab_repository("https://git.example.org:8443/a/b/c") == "https://git.example.org:8443/a/b/c.git"


@pytest.mark.parametrize(
    "address", ["", "git@gitlab.com:a/b", "https://gitlab.com/a/b; id", "https://gitlab.com/$(id)"]
)
def test_what_a_shell_could_obey_is_no_address(address: str) -> None:
    with pytest.raises(UsageError):
        gitlab_repository(address)


@pytest.mark.parametrize("name", ["a b", "$(id)", "a\nb", "-x", "Hausübung", ""])
def test_an_assignment_whose_name_a_shell_could_read_otherwise_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be written into a script"):
        KitSettings(assignments=(name,), python="3.12")


@pytest.mark.parametrize(
    "package", ["dl-grader==0.1.0", "./course", "dl-grader[postgres]>=0.1,<1", "a @ https://b/c.whl"]
)
def test_what_pip_installs_is_a_requirement_or_a_path(package: str) -> None:
    assert CourseSource(repository="a/b", commit="0" * 40, package=package).package == package


@pytest.mark.parametrize("package", ["", "--index-url=https://evil", "a; id", "$(id)", "a`id`", "a\nb"])
def test_what_is_no_requirement_is_refused(package: str) -> None:
    with pytest.raises(UsageError, match="--package"):
        CourseSource(repository="a/b", commit="0" * 40, package=package)
