"""What students handed in is kept once, and the pairs are those of the last time."""

from dataclasses import replace
from pathlib import Path

from grader.gradebook import (
    Gradebook,
    attempts_at,
    begin_run,
    keep_sources,
    record,
    replace_similar,
    similar_at,
    sources_of,
)
from grader.model.assignment import Assignment
from grader.model.gradebook import Run
from grader.model.similarity import Passage, SimilarPair
from grader.model.submission import ModuleSource, Submission
from tests.fakes.class_results import result

PASSAGE = Passage(module="first", first_lines=(1, 2), second_lines=(3, 4), first_text="é <b>", second_text="two")
PAIR = SimilarPair(first="alice", second="bob", share=0.75, lines=2, passages=(PASSAGE,))


def submission(text: str) -> Submission:
    source = ModuleSource(module="first", filename="first.py", text=text)
    return Submission(name=text, path=Path(text), sources=(source,), digest=f"sha256:{text}")


def started(gradebook: Gradebook, assignment: Assignment) -> Run:
    run = begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)
    record(gradebook, run, "alice", result(60.0, text="one"))
    record(gradebook, run, "bob", result(60.0, text="two"))
    return run


def test_texts_are_kept_once(gradebook: Gradebook, assignment: Assignment) -> None:
    run = started(gradebook, assignment)
    handed_in = [("alice", submission("one")), ("bob", submission("two")), ("nobody", submission("three"))]
    assert keep_sources(gradebook, run, handed_in) == 2
    assert keep_sources(gradebook, run, handed_in) == 0
    (alice,) = attempts_at(gradebook, "small")["alice"]
    assert {number: texts[0].text for number, texts in sources_of(gradebook, [alice]).items()} == {alice.id: "one"}


def test_an_attempt_without_texts_has_none(gradebook: Gradebook, assignment: Assignment) -> None:
    run = started(gradebook, assignment)
    assert keep_sources(gradebook, run, [("alice", replace(submission("one"), sources=()))]) == 0
    (alice,) = attempts_at(gradebook, "small")["alice"]
    assert sources_of(gradebook, [alice]) == {}


def test_the_pairs_are_those_of_the_last_time(gradebook: Gradebook, assignment: Assignment) -> None:
    started(gradebook, assignment)
    assert similar_at(gradebook, "small") == ()
    replace_similar(gradebook, "small", [PAIR, replace(PAIR, share=0.5, passages=())])
    assert similar_at(gradebook, "small") == (PAIR, replace(PAIR, share=0.5, passages=()))
    replace_similar(gradebook, "small", [PAIR])
    assert similar_at(gradebook, "small") == (PAIR,)
