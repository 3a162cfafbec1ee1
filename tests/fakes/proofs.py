"""Proofs of an assignment, sound and not, written by hand."""

from dataclasses import replace

from grader.model.assignment import Check, Group, Kind, Question, Returned
from grader.model.verification import KnownMisconception, ProvenMisconception, Verification

OUT = (Returned(name="out", kind=Kind.ARRAY),)


def proven(
    name: str,
    *,
    caught_by: tuple[str, ...],
    failed: tuple[str, ...],
    named: bool = True,
    named_by_checks: bool = False,
    random: bool = False,
    summary: str = "Adds the factor.",
) -> ProvenMisconception:
    return ProvenMisconception(
        misconception=KnownMisconception(
            id=name, question=name.partition(".")[0], summary=summary, caught_by=caught_by
        ),
        failed_checks=failed,
        named=named,
        named_by_checks=named_by_checks,
        random=random,
    )


def question(name: str, points: float) -> Question:
    return Question(id=name, module="scale", title=f"Write {name}", points=points, difficulty=1, returns=OUT)


def check(name: str, of: str, group: Group = Group.CORE) -> Check:
    return Check(id=f"scale.{name}", question=of, title=f"Title of {name} <b>", group=group)


def sound() -> Verification:
    return Verification(
        assignment="small",
        title="Small",
        seeds=(7, 8, 9),
        problems=(),
        questions=(question("forward", 60), question("toss", 40)),
        checks=(
            check("test_values", "forward"),
            check("test_zero", "forward", Group.EDGE),
            check("test_rate", "toss"),
        ),
        misconceptions=(
            proven("forward.adds", caught_by=("scale.test_values",), failed=("scale.test_values", "scale.test_zero")),
            proven("forward.squares", caught_by=("scale.test_values",), failed=("scale.test_values",)),
            proven(
                "forward.never_zero",
                caught_by=("scale.test_zero",),
                failed=("scale.test_zero",),
                named_by_checks=True,
                summary="Writes <script>alert(1)</script>.",
            ),
            proven("toss.unfair", caught_by=("scale.test_rate",), failed=("scale.test_rate",), random=True),
            proven("toss.fixed", caught_by=("scale.test_rate",), failed=("scale.test_rate",), named=False, random=True),
        ),
        alternatives=("scale_loops", "scale_einsum"),
        trivial=("returns None", "returns zeros"),
        check_seconds={"scale.test_values": 0.0021, "scale.test_zero": 0.0004, "scale.test_rate": 0.0312},
        seconds=4.25,
    )


def unsound() -> Verification:
    before = sound()
    missed = replace(before.misconceptions[0], failed_checks=("scale.test_zero",))
    return replace(
        before,
        problems=(
            "misconception forward.adds passes scale.test_values, which is to catch it",
            "question halve has no misconception",
        ),
        questions=(*before.questions, question("halve", 1)),
        checks=(*before.checks, check("test_halves", "halve")),
        misconceptions=(missed, *before.misconceptions[1:]),
        check_seconds={**before.check_seconds, "scale.test_halves": 0.0},
    )


PROOFS = {"sound": sound, "unsound": unsound}
