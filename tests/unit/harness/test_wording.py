"""A missing function's message names what the student may have meant."""

import pytest

from grader.harness.wording import explain_fault
from grader.model.assignment import Kind, Question, Returned
from grader.sandbox.faults import Missing

SOFTMAX = Question(
    id="softmax",
    module="layers",
    title="Softmax",
    points=10.0,
    difficulty=1,
    returns=(Returned(name="out", kind=Kind.ARRAY),),
)


@pytest.mark.parametrize(
    ("defined", "hint"),
    [
        (("softmx", "relu"), "Did you mean softmx? The grader looks for the name softmax."),
        (("Softmax",), "Did you mean Softmax? The grader looks for the name softmax."),
        (
            ("s\u043eftmax",),
            "Did you mean s\u043eftmax? It looks the same and has another letter (CYRILLIC SMALL LETTER O)",
        ),
        (("relu",), "layers.py defines relu. Add softmax, as in the stub."),
        ((), "Start from the stub of layers.py"),
    ],
)
def test_a_missing_function_suggests_what_is_there(defined: tuple[str, ...], hint: str) -> None:
    told = explain_fault(Missing(module="layers", function="softmax", defined=defined), SOFTMAX, ())
    assert told.message == "layers.py does not define softmax"
    assert told.hint.startswith(hint)
