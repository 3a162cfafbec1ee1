"""A class without names: pseudonyms everywhere, and nothing that students wrote themselves."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from grader.model.change import Change
from grader.model.class_record import ClassRecord, GradedAttempt, StudentRecord
from grader.model.gradebook import Attempt, Member
from grader.model.result import CheckResult, GradedSubmission, Traceback

LEFT_OUT = "[name]"
"""Stands for a name in a message."""

_WORD = re.compile(r"[^\W_]+")
_MIN_LETTERS, _MIN_DIGITS = 2, 5
"""A shorter word or number tells nobody apart, and stands in every message."""
_MIN_PART = 4
"""From here on, students' own names are taken out of longer words too."""


def without_names(record: ClassRecord, pseudonyms: Mapping[str, str]) -> ClassRecord:
    """Return a class in which ids are pseudonyms, ordered by them; names, times and comments are left out."""
    students = [_student(each, pseudonyms[each.member.id]) for each in record.students]
    regrade = record.regrade
    return replace(
        record,
        students=tuple(sorted(students, key=lambda each: each.member.id)),
        regrade=regrade and replace(regrade, changes=tuple(_changes(regrade.changes, pseudonyms))),
        similar=tuple(
            replace(each, first=pseudonyms[each.first], second=pseudonyms[each.second], passages=())
            for each in record.similar
        ),
    )


class NameScrubber:
    """Takes the names of a class out of results. The same class has one, since it looks up every word."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._words = {word for member in members for word in _words(member)}

    def result_without_names(self, graded: GradedSubmission, member: Member, pseudonym: str) -> GradedSubmission:
        """Return a student's result without names in messages, and without what was printed and the student's lines."""
        longer = sorted((word for word in _words(member) if len(word) >= _MIN_PART), key=len, reverse=True)
        own = re.compile("|".join(map(re.escape, longer)) or r"(?!)", re.IGNORECASE)
        return replace(
            graded,
            submission=pseudonym,
            errors=(),
            questions=tuple(
                replace(question, checks=tuple(self._check(check, own) for check in question.checks))
                for question in graded.questions
            ),
            environment=replace(graded.environment, submission_digest=""),
        )

    def _check(self, check: CheckResult, own: re.Pattern[str]) -> CheckResult:
        def scrub(text: str) -> str:
            return _WORD.sub(self._shown, own.sub(LEFT_OUT, text))

        return replace(
            check,
            message=scrub(check.message),
            hint=scrub(check.hint),
            call=scrub(check.call),
            traceback=check.traceback and Traceback(error=scrub(check.traceback.error), frames=()),
            stdout="",
            evidence=check.evidence and replace(check.evidence, name=scrub(check.evidence.name)),
        )

    def _shown(self, word: re.Match[str]) -> str:
        known = word[0].casefold() in self._words and f"[{word[0]}]" != LEFT_OUT
        return LEFT_OUT if known else word[0]


def _words(member: Member) -> list[str]:
    texts = (member.id, member.name, member.email.partition("@")[0])
    found = [word.casefold() for text in texts for word in _WORD.findall(text)]
    return [word for word in found if len(word) >= (_MIN_DIGITS if word.isdigit() else _MIN_LETTERS)]


def _student(record: StudentRecord, pseudonym: str) -> StudentRecord:
    attempts = tuple(
        GradedAttempt(attempt=_attempt(each.attempt, pseudonym), graded=each.graded) for each in record.attempts
    )
    chosen = record.mark.attempt
    return replace(
        record,
        member=Member(id=pseudonym, on_roster=record.member.on_roster),
        mark=replace(
            record.mark,
            student=pseudonym,
            due=None,
            comments=(),
            attempt=_attempt(chosen, pseudonym) if chosen else None,
        ),
        attempts=attempts,
        adjustments=tuple(
            replace(each, student=pseudonym, due=None, comment="", author="")
            for each in record.adjustments
            if each.points
        ),
    )


def _changes(changes: Iterable[Change], pseudonyms: Mapping[str, str]) -> list[Change]:
    renamed = (replace(each, student=pseudonyms[each.student]) for each in changes)
    return sorted(renamed, key=lambda each: each.student)


def _attempt(attempt: Attempt, pseudonym: str) -> Attempt:
    """That there were errors may be known, what they say may hold the name of a file."""
    errors = tuple("" for _ in attempt.errors)
    return replace(attempt, student=pseudonym, submission=pseudonym, digest="", submitted_at=None, errors=errors)
