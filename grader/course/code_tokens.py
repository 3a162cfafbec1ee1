"""What is left of Python source without what can be changed freely: names, numbers, texts, comments, white space."""

import builtins
import keyword
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import numpy as np
from numpy.typing import NDArray

MAX_CHARACTERS = 100_000
"""Of one text; no student writes as much by hand."""

_LAYOUT = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING})
_LINE_ENDS = frozenset({tokenize.NEWLINE, tokenize.ENDMARKER})
_FIXED_NAMES = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins)})


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTokens:
    """A text's tokens: two texts that differ in names alone have the same symbols."""

    symbols: tuple[str, ...]
    lines: NDArray[np.int32]
    """(tokens, 2): of each, the first and the last line, from 1."""


def code_tokens(text: str) -> CodeTokens:
    """Return the tokens of a text, as far as Python can read it."""
    kept = list(_without_docstrings(_tokens(text[:MAX_CHARACTERS])))
    return CodeTokens(
        symbols=tuple(symbol for symbol, _ in kept),
        lines=np.array([(token.start[0], token.end[0]) for _, token in kept], dtype=np.int32).reshape(-1, 2),
    )


def _tokens(text: str) -> Iterator[tuple[str, tokenize.TokenInfo]]:
    before = ""
    try:
        for token in tokenize.generate_tokens(StringIO(text).readline):
            if token.type == tokenize.ERRORTOKEN:
                return  # what follows is no Python, and may take a time that grows with its square
            if token.type in _LAYOUT:
                continue
            yield _symbol(token, before), token
            before = token.string
    except (tokenize.TokenError, SyntaxError):
        return


def _symbol(token: tokenize.TokenInfo, before: str) -> str:
    """An attribute's name is the library's, a variable's is the student's."""
    if token.type == tokenize.NAME:
        return sys.intern(token.string) if before == "." or token.string in _FIXED_NAMES else "name"
    if token.type == tokenize.NUMBER:
        return "number"
    if token.type == tokenize.STRING:
        return "text"
    return sys.intern(token.string)


def _without_docstrings(tokens: Iterator[tuple[str, tokenize.TokenInfo]]) -> Iterator[tuple[str, tokenize.TokenInfo]]:
    """Leave out texts that are a whole statement, and the ends of lines."""
    statement: list[tuple[str, tokenize.TokenInfo]] = []
    for symbol, token in tokens:
        if token.type not in _LINE_ENDS:
            statement.append((symbol, token))
            continue
        if [kept for kept, _ in statement] != ["text"]:
            yield from statement
        statement = []
    yield from statement
