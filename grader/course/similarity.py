"""Which submissions of a class have much in common that neither the stub nor many others have.

A fingerprint is a sequence of `SEQUENCE` tokens, names and numbers aside (as in Schleimer, Wilkerson and Aiken 2003,
Winnowing, but all of them are kept: a class is small). A submission's own fingerprints are those that neither the stub
nor the handout has, and at most a tenth of the class. All pairs are compared at once, as one product of matrices.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from grader.course.code_tokens import CodeTokens, code_tokens
from grader.model.assignment import Assignment
from grader.model.similarity import Passage, SimilarPair
from grader.model.submission import ModuleSource

SEQUENCE = 12
"""Tokens of a fingerprint: about two lines. Shorter ones stand in everybody's code."""
COMMON_SHARE, COMMON_FEW = 0.1, 4
"""What more than a tenth of a class, and more than so many, have written is how one writes it."""
SHARE = 0.5
"""A pair has so much of the own code of one of the two in common."""
OWN_FINGERPRINTS = 30
"""With fewer in common, about six lines, there is too little own code to say anything."""
MOST_PAIRS = 100
PASSAGES = 20

_PLACES = 10
"""A sequence that a text repeats is followed from so many places at most."""
_BLOCK = 4096
"""So many columns of the matrix are held at once."""

_FENCED = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)

Fingerprints = NDArray[np.uint64]


def given_texts(assignment: Assignment) -> tuple[str, ...]:
    """Return the code that every student gets: the stubs, and what the handout shows between fences."""
    handout = assignment.folder / "README.md"
    text = handout.read_text(encoding="utf-8", errors="replace") if handout.is_file() else ""
    stubs = (assignment.folder / f"{module}.py" for module in assignment.modules)
    return (*(path.read_text(encoding="utf-8") for path in stubs), *_FENCED.findall(text))


def similar_pairs(handed_in: Mapping[str, Sequence[ModuleSource]], given: Sequence[str]) -> tuple[SimilarPair, ...]:
    """Return the pairs with the most in common, at most `MOST_PAIRS`, the most similar first.

    `handed_in` holds each student's texts, or those of one student of each group; `given` what everybody got.
    """
    symbols = _Symbols()
    nobodys = np.unique(np.concatenate([symbols.fingerprints(code_tokens(text)) for text in given] or [_NONE]))
    students = sorted(handed_in)
    texts = [_texts(handed_in[student], symbols) for student in students]
    own = _own([np.setdiff1d(_all(each), nobodys) for each in texts])
    shares = _shares(own)
    return tuple(
        _pair(students[i], students[j], shares[i, j], texts[i], texts[j], np.intersect1d(own[i], own[j]))
        for i, j in _most_similar(shares, own)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """One module of a submission."""

    source: ModuleSource
    tokens: CodeTokens
    fingerprints: Fingerprints
    """At each token, of the sequence that begins there."""


class _Symbols:
    """Numbers for symbols, and for sequences of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        draws = np.random.default_rng(0).integers(2**63, size=SEQUENCE, dtype=np.uint64)
        self._factors = 2 * draws + np.uint64(1)

    def fingerprints(self, tokens: CodeTokens) -> Fingerprints:
        """Return a number for each sequence: a sum of products modulo 2**64, alike for equal sequences."""
        numbers = [self._numbers.setdefault(symbol, len(self._numbers) + 1) for symbol in tokens.symbols]
        if len(numbers) < SEQUENCE:
            return _NONE
        windows = np.lib.stride_tricks.sliding_window_view(np.array(numbers, dtype=np.uint64), SEQUENCE)
        mixed = windows * windows * np.uint64(0x9E3779B97F4A7C15) ^ windows
        return np.asarray((mixed * self._factors).sum(axis=1), dtype=np.uint64)


_NONE: Fingerprints = np.empty(0, dtype=np.uint64)


def _texts(sources: Sequence[ModuleSource], symbols: _Symbols) -> list[_Text]:
    """One file may stand for several modules: it counts once."""
    found: dict[str, _Text] = {}
    for source in sources:
        if source.text not in found:
            tokens = code_tokens(source.text)
            fingerprints = symbols.fingerprints(tokens)
            found[source.text] = _Text(source=source, tokens=tokens, fingerprints=fingerprints)
    return list(found.values())


def _all(texts: Sequence[_Text]) -> Fingerprints:
    return np.unique(np.concatenate([text.fingerprints for text in texts] or [_NONE]))


def _own(of_students: Sequence[Fingerprints]) -> list[Fingerprints]:
    """Leave out what many have."""
    most = max(COMMON_FEW, ceil(COMMON_SHARE * len(of_students)))
    seen, holders = np.unique(np.concatenate([*of_students, _NONE]), return_counts=True)
    common = seen[holders > most]
    return [np.setdiff1d(each, common, assume_unique=True) for each in of_students]


def _shares(own: Sequence[Fingerprints]) -> NDArray[np.float32]:
    """Return how much of the smaller one's own code each two have in common; 0 where that is too little to tell."""
    sizes = np.array([len(each) for each in own])
    seen, holders = np.unique(np.concatenate([*own, _NONE]), return_counts=True)
    shared = seen[holders > 1]
    common = np.zeros((len(own), len(own)), dtype=np.float32)
    columns = [np.searchsorted(shared, np.intersect1d(shared, each, assume_unique=True)) for each in own]
    for start in range(0, len(shared), _BLOCK):
        held = np.zeros((len(own), _BLOCK), dtype=np.float32)
        for row, of_student in zip(held, columns, strict=True):
            low, high = np.searchsorted(of_student, (start, start + _BLOCK))
            row[of_student[low:high] - start] = 1
        common += held @ held.T
    smaller = np.maximum(np.minimum.outer(sizes, sizes), 1)
    return np.where(common >= OWN_FINGERPRINTS, common / smaller, 0).astype(np.float32)


def _most_similar(shares: NDArray[np.float32], own: Sequence[Fingerprints]) -> Iterator[tuple[int, int]]:
    """Yield the pairs to look at; of those that are as similar, the larger first."""
    firsts, seconds = np.nonzero(np.triu(shares >= SHARE, k=1))
    sizes = np.array([len(each) for each in own], dtype=np.int64)
    larger = np.minimum(sizes[firsts], sizes[seconds])
    for place in np.lexsort((seconds, firsts, -larger, -shares[firsts, seconds]))[:MOST_PAIRS]:
        yield int(firsts[place]), int(seconds[place])


def _pair(
    first: str, second: str, share: float, ours: Sequence[_Text], theirs: Sequence[_Text], shared: Fingerprints
) -> SimilarPair:
    passages = [passage for text in ours for passage in _passages(text, theirs, shared)]
    lines = {
        (passage.module, line)
        for passage in passages
        for line in range(passage.first_lines[0], passage.first_lines[1] + 1)
    }
    passages.sort(key=lambda passage: passage.first_lines[0] - passage.first_lines[1])
    return SimilarPair(
        first=first, second=second, share=float(share), lines=len(lines), passages=tuple(passages[:PASSAGES])
    )


def _passages(ours: _Text, theirs: Sequence[_Text], shared: Fingerprints) -> Iterator[Passage]:
    """Yield the longest runs of equal tokens that begin with a shared fingerprint, in the order of our text."""
    places: dict[int, list[tuple[_Text, int]]] = {}
    for text in theirs:
        for at in np.flatnonzero(np.isin(text.fingerprints, shared)).tolist():
            places.setdefault(int(text.fingerprints[at]), []).append((text, at))
    start = 0
    while start < len(ours.fingerprints):
        found = places.get(int(ours.fingerprints[start]), ())
        runs = [(_run(ours, start, text, place), text, place) for text, place in found[:_PLACES]]
        if not runs:
            start += 1
            continue
        length, text, place = max(runs, key=lambda run: run[0])
        yield _passage(ours, start, text, place, length)
        start += length


def _run(ours: _Text, start: int, theirs: _Text, place: int) -> int:
    """Return how many tokens are equal from there on."""
    first, second = ours.tokens.symbols, theirs.tokens.symbols
    most = min(len(first) - start, len(second) - place)
    length = 0
    while length < most and first[start + length] == second[place + length]:
        length += 1
    return length


def _passage(ours: _Text, start: int, theirs: _Text, place: int, length: int) -> Passage:
    first, first_text = _excerpt(ours, start, length)
    second, second_text = _excerpt(theirs, place, length)
    return Passage(
        module=ours.source.module,
        first_lines=first,
        second_lines=second,
        first_text=first_text,
        second_text=second_text,
    )


def _excerpt(text: _Text, start: int, length: int) -> tuple[tuple[int, int], str]:
    first, last = int(text.tokens.lines[start, 0]), int(text.tokens.lines[start + length - 1, 1])
    return (first, last), "\n".join(text.source.text.split("\n")[first - 1 : last])
