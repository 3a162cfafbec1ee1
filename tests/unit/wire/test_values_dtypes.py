"""A dtype travels as it was written: the dtype, numpy's class or Python's."""

from typing import Any

import numpy as np
import pytest

from grader.wire.packing import Packer
from grader.wire.unpacking import unpack
from grader.wire.values import DTYPES, Unsendable, WireError


def sent(value: Any) -> Any:
    """Return a value as it arrives on the other side."""
    packer = Packer()
    packer.add(value)
    packed = packer.finish()
    return unpack(packed.body, packed.data_bytes, lambda reference: reference)[0][0]


@pytest.mark.parametrize("written", [np.float32, np.float64, np.int64, np.bool_, float, int, bool, complex])
def test_a_class_that_stands_for_a_dtype_arrives_as_the_same_class(written: type) -> None:
    assert sent(written) is written


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_a_dtype_arrives_as_an_equal_dtype(dtype: np.dtype[Any]) -> None:
    arrived = sent({"dtype": dtype})["dtype"]
    assert isinstance(arrived, np.dtype)
    assert arrived == dtype


@pytest.mark.parametrize("value", [np.dtype("S3"), np.dtype([("a", "f8")]), np.object_, str, list, np.ndarray])
def test_other_dtypes_and_classes_cannot_be_sent(value: Any) -> None:
    with pytest.raises(Unsendable):
        sent(value)


@pytest.mark.parametrize("body", [b"\x91\xd5\x09\xff\x00", b"\x91\xd4\x09\x01", b"\x91\xd5\x09\x01\x03"])
def test_a_damaged_dtype_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        unpack(body, 0, lambda reference: reference)
