"""A proof as one self-contained HTML page: the matrix of misconceptions by checks, question by question."""

from grader.model.verification import Verification
from grader.reports.html import render_page
from grader.reports.verification import wording
from grader.reports.verification.matrix import count, question_proofs

_STYLES = ("report.css", "verification.css")


def render_html(verification: Verification) -> str:
    """Return a proof as one HTML page that follows the reader's light or dark scheme."""
    return render_page(
        "verification.html.j2",
        _STYLES,
        proof=verification,
        questions=question_proofs(verification),
        counts=count(verification),
        total_milliseconds=round(1000 * sum(verification.check_seconds.values())),
        words=wording,
    )
