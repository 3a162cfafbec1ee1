"""Copied code is found whatever it was renamed to; what was given and what many write is not."""

import re
from collections.abc import Sequence
from pathlib import Path

from grader.course.similarity import COMMON_FEW, MOST_PAIRS, SHARE, given_texts, similar_pairs
from grader.model.submission import ModuleSource
from tests.fakes.course import write_course
from tests.fakes.own_code import written

STUB = "import numpy as np\n\n\ndef forward(x, keep, rng):\n    raise NotImplementedError\n"


def module(lines: Sequence[str], name: str = "dropout") -> tuple[ModuleSource, ...]:
    text = "\n".join(["import numpy as np", "def forward(x, keep, rng):", *lines, "    return out", ""])
    return (ModuleSource(module=name, filename=f"{name}.py", text=text),)


def class_of(size: int) -> dict[str, tuple[ModuleSource, ...]]:
    return {f"student{number:03}": module(written(number)) for number in range(size)}


def test_those_who_wrote_on_their_own_are_no_pair() -> None:
    assert similar_pairs(class_of(40), [STUB]) == ()


def test_a_renamed_and_commented_copy_is_found_with_its_passage() -> None:
    lines = written(7)
    copied = [re.sub(r"\bx\b", "inputs", line).replace("out", "value") + "  # my own" for line in lines]
    students = {**class_of(30), "student007": module(lines), "zoe": module(["    '''Mine.'''", *copied])}
    (pair,) = similar_pairs(students, [STUB])
    assert (pair.first, pair.second) == ("student007", "zoe")
    assert pair.share > 0.9
    assert pair.lines >= 30
    (passage,) = pair.passages
    assert passage.module == "dropout"
    assert passage.second_lines[1] - passage.first_lines[1] == 1
    assert passage.first_text.splitlines()[-2] == lines[-1]
    assert "# my own" in passage.second_text


def test_functions_in_another_order_and_another_module_are_found() -> None:
    first, second = written(1), written(2)
    students = {"a": module([*first, *second]), "b": module([*second, *first], "other"), "c": module(written(3))}
    (pair,) = similar_pairs(students, [STUB])
    assert (pair.first, pair.second) == ("a", "b")
    longest = sorted(pair.passages[:2], key=lambda passage: passage.first_lines)
    assert longest[0].second_lines > longest[1].second_lines
    assert pair.share > 0.8


def test_half_a_copy_in_much_more_code_counts_for_the_one_who_has_less() -> None:
    lines = written(1)
    (pair,) = similar_pairs({"a": module(lines), "b": module([*written(2, statements=200), *lines])}, [])
    assert pair.share > 0.9


def test_what_was_given_is_nobodys_own() -> None:
    lines = written(1)
    students = {"a": module(lines), "b": module(lines)}
    assert len(similar_pairs(students, [STUB])) == 1
    assert similar_pairs(students, [module(lines)[0].text]) == ()


def test_what_many_write_is_how_one_writes_it() -> None:
    lines = written(1)
    few = {f"few{number}": module(lines) for number in range(COMMON_FEW)}
    assert len(similar_pairs(few, [])) == COMMON_FEW * (COMMON_FEW - 1) / 2
    assert similar_pairs({**few, "another": module(lines)}, []) == ()


def test_too_little_code_says_nothing() -> None:
    short = written(1, statements=1)
    assert similar_pairs({"a": module(short), "b": module(short)}, [STUB]) == ()


def test_one_file_for_several_modules_counts_once() -> None:
    lines = written(1)
    one = module(lines)
    twice = (*one, *(ModuleSource(module="other", filename="other.py", text=each.text) for each in one))
    (pair,) = similar_pairs({"a": one, "b": twice}, [])
    assert len(pair.passages) == 1


def test_nobody_and_nothing_are_no_pairs() -> None:
    assert similar_pairs({}, []) == ()
    assert similar_pairs({"a": (), "b": module([])}, [STUB]) == ()


def test_the_list_has_an_end_and_begins_with_the_most_similar() -> None:
    students = class_of(100)
    for number in range(0, 100, 4):
        for copy in range(3):
            kept = written(number)[: 30 - 4 * copy]
            students[f"copy{number:03}{copy}"] = module(
                [*kept, *written(1000 + 3 * number + copy, statements=4 * copy)]
            )
    pairs = similar_pairs(students, [STUB])
    assert len(pairs) == MOST_PAIRS
    shares = [pair.share for pair in pairs]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) >= SHARE


def test_given_are_the_stubs_and_the_code_of_the_handout(tmp_path: Path) -> None:
    assignment = write_course(tmp_path).assignment("small")
    (assignment.folder / "README.md").write_text("Text\n```python\nshown = 1\n```\nmore\n```\nno code\n```\n")
    first, second, shown = given_texts(assignment)
    assert "def double" in first
    assert "def halve" in second
    assert shown == "shown = 1\n"
