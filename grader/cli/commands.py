"""Which commands there are: each is imported when it is called, so that none waits for another's libraries."""

from importlib import import_module
from typing import NamedTuple

import click

from grader import __version__
from grader.errors import UsageError

ASSIGNMENT_USAGE = "ASSIGNMENT [SUBMISSION] [OPTIONS]"

_EXIT_CODES = (
    ("0", "all points"),
    ("1", "points lost (--fail-under moves the line)"),
    ("2", "something that was asked for does not exist or cannot be read"),
    ("3", "a fault of the grader or of the assignment: the submission is ungraded"),
)


class _Place(NamedTuple):
    module: str
    attribute: str


_DEFAULT = _Place("grader.cli.grade", "grade_assignment")
_COMMANDS = {
    "list": _Place("grader.cli.list", "list_assignments"),
    "watch": _Place("grader.cli.watch", "watch_assignment"),
    "debug": _Place("grader.cli.debug", "debug_command"),
    "class": _Place("grader.cli.grade_class", "grade_class_command"),
    "adjust": _Place("grader.cli.adjust", "adjust_command"),
    "report": _Place("grader.cli.report", "report_command"),
    "export": _Place("grader.cli.export", "export_command"),
    "verify": _Place("grader.cli.verify", "verify_assignment"),
    "ci": _Place("grader.cli.ci", "ci_command"),
    "ci-run": _Place("grader.cli.ci_run", "ci_run_command"),
    "new": _Place("grader.cli.new", "new_command"),
    "release": _Place("grader.cli.release", "release_command"),
}


class _Commands(click.Group):
    """The commands by name; a first word that is none of them is an assignment to grade."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        return _load(_COMMANDS[cmd_name]) if cmd_name in _COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in _COMMANDS:
            return super().resolve_command(ctx, args)
        misplaced = next((word for word in args if word in _COMMANDS), None)
        if args[0].startswith("-") and misplaced:
            raise UsageError(
                "options stand before the command", hint=f"write grade {misplaced} first, then its options"
            )
        return "", _load(_DEFAULT), args

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        formatter.write_usage("grade", ASSIGNMENT_USAGE)
        formatter.write_usage("grade", "COMMAND [OPTIONS]", prefix=" " * len("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = [parameter for parameter in self.get_params(ctx) if parameter.name == "version"]
        parameters = [*_load(_DEFAULT).get_params(ctx), *own]
        with formatter.section("Options"):
            formatter.write_dl(
                [
                    record
                    for each in parameters
                    if isinstance(each, click.Option) and (record := each.get_help_record(ctx))
                ]
            )
        self.format_commands(ctx, formatter)
        with formatter.section("Exit codes"):
            formatter.write_dl(list(_EXIT_CODES))


@click.group(
    cls=_Commands,
    no_args_is_help=True,
    context_settings={"max_content_width": 100, "ignore_unknown_options": True, "help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="grade %(version)s")
def grade() -> None:
    """Grade a submission of an assignment, and say what to look at next.

    SUBMISSION is a folder or a .py, .ipynb, .zip or .tar.gz file. Without it, the stubs in
    assignments/ASSIGNMENT/ are graded: work there, and run this again.
    """


def _load(place: _Place) -> click.Command:
    command: click.Command = getattr(import_module(place.module), place.attribute)
    return command
