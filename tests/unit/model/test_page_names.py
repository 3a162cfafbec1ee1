"""Every student has a page of their own, whatever the id, and no id leads out of the folder."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model.page_names import page_names


def test_a_plain_id_is_the_name_of_its_page() -> None:
    assert page_names(["alice", "s-7k3m", "b.obama_2"]) == {
        "alice": "alice",
        "s-7k3m": "s-7k3m",
        "b.obama_2": "b.obama_2",
    }


@pytest.mark.parametrize(
    "student",
    [
        "../../etc/passwd",
        "a/b",
        "a\\b",
        "",
        ".",
        "..",
        "con",
        "nul.txt",
        "a\x00b",
        "Ünal",
        "a" * 300,
        "\ud800",
        "a:b",
        "a.",
    ],
)
def test_any_other_id_becomes_a_name_that_every_file_system_takes(student: str) -> None:
    name = page_names([student])[student]
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,70}", name)
    assert name not in ("con", "nul")


def test_ids_that_a_file_system_takes_for_one_have_two_pages() -> None:
    names = page_names(["bob", "Bob", "BOB", "b ob", "b-ob"])
    assert len({name.lower() for name in names.values()}) == 5


def test_nobody_can_be_called_like_the_page_of_another() -> None:
    bob = page_names(["Bob"])["Bob"]
    assert page_names([bob])[bob] != bob


@given(st.lists(st.text(max_size=30), unique=True, max_size=20))
def test_names_do_not_meet_and_do_not_depend_on_who_else_is_there(students: list[str]) -> None:
    names = page_names(students)
    assert len({name.lower() for name in names.values()}) == len(students)
    assert all(page_names([student])[student] == name for student, name in names.items())
