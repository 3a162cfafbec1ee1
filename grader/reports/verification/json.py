"""A proof as strict JSON (`grade-verify/v1`)."""

from typing import Any

from grader.model.verification import Verification
from grader.reports.json import as_json
from grader.reports.verification.matrix import CheckProof, MisconceptionProof, QuestionProof, count, question_proofs

SCHEMA = "grade-verify/v1"


def render_json(verification: Verification) -> str:
    """Return a proof as indented JSON; fields are only ever added.

    ```
    schema, assignment, title
    sound           true when `problems` is empty
    problems        what keeps the assignment from being sound, a sentence each
    seeds           the seeds that were tried
    seconds         how long the proof took
    counts          misconceptions, caught, named, named_by_checks, random, random_named_by_checks
    alternatives    names of the right solutions written in another way
    trivial         what the functions do that must earn nothing
    questions       id, module, title, points, and for each
      checks          id, title, group, seconds (median, on the reference), caught and caught_alone (misconceptions)
      misconceptions  id, summary, caught_by (declared), failed_checks (at every seed),
                      named (by the diagnosis, at every seed), named_by_checks (by failed checks alone),
                      random (it is given a generator: another way of drawing gives other outputs)
    ```
    Times aside, the same assignment and seeds give the same JSON.
    """
    counts = count(verification)
    return as_json(
        {
            "schema": SCHEMA,
            "assignment": verification.assignment,
            "title": verification.title,
            "sound": verification.sound,
            "problems": list(verification.problems),
            "seeds": list(verification.seeds),
            "seconds": round(verification.seconds, 3),
            "counts": {
                "misconceptions": counts.misconceptions,
                "caught": counts.caught,
                "named": counts.named,
                "named_by_checks": counts.named_by_checks,
                "random": counts.random,
                "random_named_by_checks": counts.random_named_by_checks,
            },
            "alternatives": list(verification.alternatives),
            "trivial": list(verification.trivial),
            "questions": [_question(proof) for proof in question_proofs(verification)],
        }
    )


def _question(proof: QuestionProof) -> dict[str, Any]:
    return {
        "id": proof.question.id,
        "module": proof.question.module,
        "title": proof.question.title,
        "points": proof.question.points,
        "checks": [_check(each) for each in proof.checks],
        "misconceptions": [_misconception(each) for each in proof.misconceptions],
    }


def _check(proof: CheckProof) -> dict[str, Any]:
    return {
        "id": proof.check.id,
        "title": proof.check.title,
        "group": proof.check.group.value,
        "seconds": round(proof.seconds, 6),
        "caught": list(proof.caught),
        "caught_alone": list(proof.alone),
    }


def _misconception(proof: MisconceptionProof) -> dict[str, Any]:
    return {
        "id": proof.proven.misconception.id,
        "summary": proof.proven.misconception.summary,
        "caught_by": list(proof.proven.misconception.caught_by),
        "failed_checks": list(proof.proven.failed_checks),
        "named": proof.proven.named,
        "named_by_checks": proof.proven.named_by_checks,
        "random": proof.proven.random,
    }
