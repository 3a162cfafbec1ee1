"""What a student can change freely leaves the tokens as they are."""

import pytest

from grader.course.code_tokens import MAX_CHARACTERS, code_tokens

CODE = """
def forward(x, keep):
    '''A docstring.'''
    # a comment
    mask = np.random.rand(*x.shape) < keep
    return x * mask / keep
"""


@pytest.mark.parametrize(
    "changed",
    [
        CODE.replace("mask", "chosen").replace("keep", "p"),
        CODE.replace("    # a comment\n", ""),
        CODE.replace("'''A docstring.'''", '"Another one"'),
        CODE.replace("    ", "\t"),
        CODE.replace("x * mask / keep", "x * mask \\\n        / keep"),
        CODE.replace("    mask", "\n\n    mask"),
    ],
)
def test_names_comments_and_layout_make_no_difference(changed: str) -> None:
    assert code_tokens(changed).symbols == code_tokens(CODE).symbols


@pytest.mark.parametrize(
    "changed", [CODE.replace("<", ">"), CODE.replace("rand(", "randn("), CODE.replace("return", "yield")]
)
def test_operators_attributes_and_keywords_do(changed: str) -> None:
    assert code_tokens(changed).symbols != code_tokens(CODE).symbols


def test_each_token_knows_its_lines() -> None:
    tokens = code_tokens("x = 1\ny = '''a\nb'''\n")
    assert list(zip(tokens.symbols, map(tuple, tokens.lines.tolist()), strict=True)) == [
        ("name", (1, 1)),
        ("=", (1, 1)),
        ("number", (1, 1)),
        ("name", (2, 2)),
        ("=", (2, 2)),
        ("text", (2, 3)),
    ]


@pytest.mark.parametrize("broken", ["x = (1,\n", "if x:\n  a\n b\n", "x = '\n", "'''", "", "\f\n", "x = 08 ¬ ?\n"])
def test_a_broken_text_has_the_tokens_before_the_break(broken: str) -> None:
    whole = code_tokens("before = 1\n").symbols
    assert code_tokens("before = 1\n" + broken).symbols[: len(whole)] == whole


def test_nothing_is_read_after_the_first_error() -> None:
    assert code_tokens("before = 1\n" + "'" + "\\'" * MAX_CHARACTERS).symbols == code_tokens("before = 1\n").symbols


def test_a_huge_text_is_read_to_a_bound() -> None:
    assert len(code_tokens("x\n" * MAX_CHARACTERS).symbols) <= MAX_CHARACTERS
