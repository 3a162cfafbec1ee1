"""Values as they are kept in a file."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.wire import Callback, Handle, WireError
from grader.wire.blobs import dump_value, load_value


def test_a_value_comes_back_with_its_arrays_and_generators() -> None:
    rng = np.random.default_rng(5)
    value = {"W1": np.arange(6.0).reshape(2, 3), "list": [1, (2.5, None, "x")], "rng": rng, "T": np.ones((3, 2)).T}
    back = load_value(dump_value(value))
    assert back["list"] == [1, (2.5, None, "x")]
    np.testing.assert_array_equal(back["W1"], value["W1"])
    assert back["T"].flags.f_contiguous
    assert back["rng"].random() == rng.random()


def test_references_are_resolved_by_whoever_reads() -> None:
    function = len
    data = dump_value([function, Handle(7)], lambda value: Callback(3) if value is function else None)
    assert load_value(data, lambda reference: (type(reference).__name__, reference.id)) == [
        ("Callback", 3),
        ("Handle", 7),
    ]
    with pytest.raises(WireError, match="of nothing"):
        load_value(data)


@given(st.data())
def test_damaged_bytes_give_a_value_or_a_wire_error(data: st.DataObject) -> None:
    whole = bytearray(dump_value({"x": np.arange(5), "y": [1, 2.0, "text"]}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    for damaged in (bytes(whole), bytes(cut)):
        try:
            load_value(damaged)
        except WireError:
            continue


def test_a_value_that_is_cut_off_is_refused() -> None:
    data = dump_value(np.arange(10.0))
    for length in (0, 3, 8, len(data) - 1):
        with pytest.raises(WireError):
            load_value(data[:length])
