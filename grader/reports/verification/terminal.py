"""A proof for the terminal: short when the assignment is sound, what to mend first when it is not."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from grader.model.escaping import one_line
from grader.model.verification import Verification
from grader.reports.layout import columns_of, indented, labelled, printed, two_sides
from grader.reports.verification import wording
from grader.reports.verification.matrix import CheckProof, Counts, QuestionProof, count, question_proofs

_SLOWEST = 3


def render_terminal(verification: Verification, *, color: bool, width: int, verbose: bool) -> str:
    """Return a proof as lines of at most `width` columns (60 to 120), with ANSI colours only if `color`.

    `verbose` also shows every check: its time, and what it catches.
    """
    return printed(_report(verification, verbose=verbose), color=color, columns=columns_of(width))


def _report(verification: Verification, *, verbose: bool) -> Iterator[RenderableType]:
    counts = count(verification)
    style = "green" if verification.sound else "red"
    heading = Text(one_line(verification.title), "bold").append(f" · {verification.assignment}", "not bold dim")
    yield two_sides(heading, Text(wording.verdict(verification), f"bold {style}"))
    yield Text()
    yield Text(wording.headline(verification))
    yield Text()
    if verification.sound:
        yield labelled([("  ✓", Text(line)) for line in wording.proven(verification, counts)], width=3)
    else:
        yield labelled([("  ✗", Text(one_line(problem))) for problem in verification.problems], width=3)
    yield Text()
    yield from _numbers(verification, counts)
    if verbose:
        for proof in question_proofs(verification):
            yield from _question(proof)


def _numbers(verification: Verification, counts: Counts) -> Iterator[RenderableType]:
    checks = sorted(
        (proof for question in question_proofs(verification) for proof in question.checks),
        key=lambda proof: -proof.seconds,
    )
    total = sum(proof.seconds for proof in checks)
    slowest = ", ".join(f"{proof.check.id} {wording.milliseconds(proof.seconds)}" for proof in checks[:_SLOWEST])
    rows = [
        ("Ran", "" if verification.sound else wording.ran(verification, counts)),
        ("Named", wording.naming(counts)),
        ("", wording.naming_by_checks(counts)),
        ("Unnamed", ", ".join(wording.unnamed(verification))),
        ("Checks", f"{wording.milliseconds(total)} on the reference; slowest {slowest}"),
        ("Took", f"{verification.seconds:.1f} s"),
    ]
    yield labelled([(name, Text(one_line(text))) for name, text in rows if text])


def _question(proof: QuestionProof) -> Iterator[RenderableType]:
    total = len(proof.misconceptions)
    yield Text()
    yield two_sides(Text(proof.question.id, "bold"), Text(f"{proof.named} of {total} named"))
    for check in proof.checks:
        yield indented(_check(check), 2)


def _check(proof: CheckProof) -> RenderableType:
    name = Text(f"{proof.check.id} ").append(proof.check.group.value, "dim")
    return two_sides(name, Text(f"{wording.caught_line(proof)} · {wording.milliseconds(proof.seconds)}", "dim"))
