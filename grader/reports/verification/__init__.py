"""A proof that an assignment is sound, as text: for the terminal, as JSON and HTML."""

from enum import StrEnum

from grader.model.verification import Verification

__all__ = ["VerificationFormat", "render_verification"]

DEFAULT_WIDTH = 80


class VerificationFormat(StrEnum):
    """The formats that a proof can be rendered in."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"


def render_verification(
    verification: Verification,
    report_format: VerificationFormat,
    *,
    color: bool = False,
    width: int | None = None,
    verbose: bool = False,
) -> str:
    """Return a proof as text that ends in a line feed; `color`, `width` and `verbose` matter to the terminal only."""
    match VerificationFormat(report_format):
        case VerificationFormat.TERMINAL:
            from grader.reports.verification.terminal import render_terminal

            return render_terminal(verification, color=color, width=width or DEFAULT_WIDTH, verbose=verbose)
        case VerificationFormat.JSON:
            from grader.reports.verification.json import render_json

            return render_json(verification)
        case VerificationFormat.HTML:
            from grader.reports.verification.html import render_html

            return render_html(verification)
