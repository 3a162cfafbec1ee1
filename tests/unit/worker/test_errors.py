"""What an exception looks like from outside."""

import linecache
from types import CodeType

from grader.worker.errors import MAX_FRAMES, SourceFile, describe_error, plain_text

TEXT = "def f(n):\n    if n:\n        f(n - 1)\n    raise ValueError('end')\n"
FILES = {"code.py": SourceFile("homework.ipynb", tuple(TEXT.splitlines(keepends=True)))}


def raised_by(code: str | CodeType) -> BaseException:
    try:
        exec(code, {})  # noqa: S102 - the student's code of this test
    except BaseException as error:  # noqa: BLE001 - any
        return error
    raise AssertionError("nothing was raised")


def test_the_file_has_the_name_that_the_student_knows() -> None:
    error = raised_by(compile(TEXT + "f(0)\n", "code.py", "exec"))
    answer = describe_error(error, FILES)
    assert [(frame.filename, frame.line) for frame in answer.frames][-1] == ("homework.ipynb", 4)
    assert "code.py" not in linecache.cache


def test_of_a_deep_recursion_the_beginning_and_the_end_are_kept() -> None:
    frames = describe_error(raised_by(compile(TEXT + "f(200)\n", "code.py", "exec")), FILES).frames
    assert len(frames) == MAX_FRAMES
    assert frames[0].function == "<module>"
    assert frames[-1].code == "raise ValueError('end')"


def test_a_message_is_bounded_and_says_so() -> None:
    assert describe_error(ValueError("x" * 10_000), {}).message == "x" * 1999 + "…"


def test_a_message_with_half_a_character_can_be_sent() -> None:
    assert describe_error(ValueError("\ud800"), {}).message == "\\ud800"


def test_a_class_that_lies_about_its_name_is_named_by_python() -> None:
    class Meta(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise RuntimeError

        @property
        def __mro__(cls) -> tuple[type, ...]:
            raise RuntimeError

    class Liar(Exception, metaclass=Meta):  # noqa: N818 - a name to be recognized by
        pass

    assert describe_error(Liar("hm"), {}).type_names[:2] == ("Liar", "Exception")


def test_text_that_only_pretends_to_be_text_is_taken_letter_by_letter() -> None:
    class Loud(str):
        __slots__ = ()

        def __getitem__(self, key: object) -> str:
            raise RuntimeError

    assert plain_text(Loud("abc"), 10) == "abc"
    assert plain_text(3, 10) == ""
