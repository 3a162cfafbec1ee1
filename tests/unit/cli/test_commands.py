"""The first word is a command or an assignment."""

import pytest

from grader.cli.commands import grade


@pytest.mark.parametrize("name", grade.list_commands(grade.make_context("grade", ["list"])))
def test_every_command_can_be_loaded_under_its_name(name: str) -> None:
    command = grade.get_command(grade.make_context("grade", ["list"]), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str()
