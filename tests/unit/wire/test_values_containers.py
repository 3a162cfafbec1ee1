"""What is sent of a container that is more than a plain one."""

from collections import Counter, namedtuple
from typing import Any

import numpy as np
import pytest

from grader.wire.packing import Packer
from grader.wire.unpacking import unpack

Moments = namedtuple("Moments", "mean var")


class Liar(list[float]):
    """A list that says it holds something else."""

    def __iter__(self) -> Any:
        return iter([1.0, 2.0, 3.0])

    def __len__(self) -> int:
        return 3

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # as for every list


class Keyed(dict[str, float]):
    """A dictionary that hides its items."""

    def items(self) -> Any:
        return [("W", 0.0)]


def sent(value: object) -> Any:
    packer = Packer()
    packer.add(value)
    packed = packer.finish()
    (got,), _ = unpack(packed.body, packed.data_bytes, lambda reference: reference)
    return got


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Moments(1.0, 2.0), (1.0, 2.0)),
        (Counter("aab"), {"a": 2, "b": 1}),
        (Liar([7.0]), [7.0]),
        (Keyed(dW=1.0), {"dW": 1.0}),
    ],
)
def test_a_subclass_of_a_container_arrives_as_the_plain_container_it_is(value: object, plain: object) -> None:
    got = sent(value)
    assert type(got) is type(plain)
    assert got == plain


def test_a_subclass_of_str_travels_as_its_text() -> None:
    class Verdict(str):
        def __str__(self) -> str:
            return "another text"

    for text in (np.str_("correct"), Verdict("correct")):
        packer = Packer()
        packer.add(text)
        packed = packer.finish()
        (got,), _ = unpack(packed.body, packed.data_bytes, lambda reference: reference)
        assert type(got) is str
        assert got == "correct"
