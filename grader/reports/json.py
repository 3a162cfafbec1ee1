"""A result as strict JSON (`grade/v1`), and back."""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite
from typing import Any, TypeVar, get_type_hints

import msgspec

from grader.errors import GraderError, UsageError
from grader.model.evidence import EVIDENCE_KINDS, Evidence
from grader.model.result import SCHEMA, CheckResult, GradedSubmission, QuestionResult

Record = TypeVar("Record", GradedSubmission, QuestionResult, CheckResult)


def render_json(graded: GradedSubmission) -> str:
    """Return `graded` as indented JSON.

    Lone surrogates, which JSON's encoding cannot carry, are spelled out; other characters that a terminal or a CI
    runner would obey are written as JSON escapes, so that nothing is lost. Raises `GraderError` when points are not
    finite.
    """
    return as_json(msgspec.to_builtins(_with_finite_evidence(graded)))


def as_json(tree: Any) -> str:
    """Return plain data as indented JSON in which no character is obeyed by a terminal or a CI runner."""
    text = msgspec.json.format(msgspec.json.encode(_encodable(tree)), indent=2).decode("utf-8")
    return _escaped(text).replace("##[", r"##\u005b").replace("##vso[", r"##vso\u005b") + "\n"


def parse(text: str | bytes) -> GradedSubmission:
    """Read what `render_json` wrote; fields added since are ignored.

    Raises `UsageError` when the text is not JSON or not a `grade/v1` result.
    """
    try:
        tree = msgspec.json.decode(text, type=dict[str, Any])
        if tree.get("schema") != SCHEMA:
            raise UsageError(f"schema is {tree.get('schema')!r} instead of {SCHEMA!r}")
        return _record(GradedSubmission, tree, questions=_each(tree["questions"], _question))
    except (msgspec.MsgspecError, UsageError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"this is not a {SCHEMA} result: {error}", hint="pass a file that `grade … --format json` wrote"
        ) from error


def _with_finite_evidence(graded: GradedSubmission) -> GradedSubmission:
    """JSON has no NaN: without its points a result means nothing, without a picture it still does."""
    questions = tuple(
        replace(
            question,
            checks=tuple(
                check if _is_finite(msgspec.to_builtins(check.evidence)) else replace(check, evidence=None)
                for check in question.checks
            ),
        )
        for question in graded.questions
    )
    finite = replace(graded, questions=questions)
    if not _is_finite(msgspec.to_builtins(finite)):
        raise GraderError(f"the result of {graded.submission} holds points or a time that is not a finite number")
    return finite


def _is_finite(tree: Any) -> bool:
    if isinstance(tree, float):
        return isfinite(tree)
    if isinstance(tree, dict):
        return all(map(_is_finite, tree.values()))
    return not isinstance(tree, list | tuple) or all(map(_is_finite, tree))


def _encodable(tree: Any) -> Any:
    if isinstance(tree, str):
        return tree.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(tree, dict):
        return {_encodable(key): _encodable(value) for key, value in tree.items()}
    return [_encodable(item) for item in tree] if isinstance(tree, list | tuple) else tree


def _escaped(text: str) -> str:
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(
        character if character == "\n" or character.isprintable() else _escape(character) for character in text
    )


def _escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _record(kind: type[Record], tree: dict[str, Any], **built: Any) -> Record:
    hints = get_type_hints(kind)
    plain = {
        name: msgspec.convert(value, hints[name]) for name, value in tree.items() if name in hints and name not in built
    }
    return kind(**plain, **built)


def _question(tree: dict[str, Any]) -> QuestionResult:
    return _record(QuestionResult, tree, checks=_each(tree["checks"], _check))


def _check(tree: dict[str, Any]) -> CheckResult:
    evidence = tree.get("evidence")
    return _record(CheckResult, tree, evidence=_evidence(evidence) if evidence is not None else None)


def _evidence(tree: dict[str, Any]) -> Evidence:
    return msgspec.convert(tree, EVIDENCE_KINDS[tree["kind"]])


def _each(trees: Any, build: Callable[[dict[str, Any]], Any]) -> tuple[Any, ...]:
    return tuple(build(tree) for tree in msgspec.convert(trees, list[dict[str, Any]]))
