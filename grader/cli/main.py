"""What happens around every command: errors become a message, a hint and an exit code."""

import os
import sys
import traceback
from collections.abc import Sequence

from grader.cli.exits import ExitCode
from grader.errors import GraderError, UsageError


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; everything that a person should know has then been printed."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _complain("interrupted", after_echo=sys.stderr.isatty())
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more on the way out, which would complain a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.PIPE_CLOSED
    except UsageError as error:
        _complain(f"error: {error.message}", error.hint)
        return ExitCode.USAGE
    except GraderError as error:
        _complain(f"error: {error.message}", error.hint)
        return ExitCode.FAULT
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug of ours must not look like lost points
        _complain(
            f"error: the grader itself failed: {type(error).__name__}: {error}",
            "this is not the submission's fault; -v shows where it happened",
        )
        if {"-v", "--verbose"} & set(arguments):
            traceback.print_exc()
        return ExitCode.FAULT


def _run(arguments: Sequence[str]) -> int:
    import click

    from grader.cli.commands import grade

    try:
        # Not grade.main(): it would choose exit codes of its own for a closed pipe and for Ctrl-C.
        with grade.make_context("grade", list(arguments)) as context:
            code: ExitCode = grade.invoke(context)
        sys.stdout.flush()
        return code
    except click.exceptions.Exit as request:
        return request.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)  # noqa: T201 - the help, in several lines
        return ExitCode.USAGE
    except click.UsageError as error:
        message = error.format_message().rstrip(".")
        raise UsageError(message[:1].lower() + message[1:], hint="grade --help lists what can be asked for") from error


def _complain(message: str, hint: str = "", *, after_echo: bool = False) -> None:
    """Print message and hint; `after_echo` when the terminal has just shown `^C` on the line."""
    from grader.model.escaping import one_line

    if after_echo:
        print(file=sys.stderr)  # noqa: T201 - this is where errors are printed
    for line in (message, f"hint: {hint}" if hint else ""):
        if line:
            print(one_line(line), file=sys.stderr)  # noqa: T201 - this is where errors are printed
