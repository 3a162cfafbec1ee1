"""What travels to the student's function and back: the same on every sandbox."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Call, Raised, Rejected, Worker

Start = Callable[..., Worker]

ECHO = "def echo(value):\n    return value\n"


def call(worker: Worker, function: str, *args: Any, **kwargs: Any) -> Any:
    return worker.call(Call(function=function, args=args, kwargs=kwargs)).value


def test_plain_values_come_back_with_the_type_they_had(start: Start) -> None:
    worker = start(m=ECHO)
    values: list[Any] = [
        None,
        True,
        0,
        -7,
        2**64,
        -(3**500),
        1.5,
        -0.0,
        2 - 3j,
        "naïve ∑",
        b"\x00\xff",
        [1, (2, [3])],
        (),
        {},
    ]
    for value in values:
        returned = call(worker, "m.echo", value)
        assert type(returned) is type(value)
        assert repr(returned) == repr(value)


def test_dictionaries_keep_their_order_and_their_kinds_of_key(start: Start) -> None:
    value = {"W2": 1, "W1": (2,), 3: [4]}
    assert list(call(start(m=ECHO), "m.echo", value).items()) == list(value.items())


@pytest.mark.parametrize("code", "? b B h H i I q Q e f d F D".split())  # noqa: SIM905 - a list of letters is longer
def test_arrays_and_scalars_keep_dtype_and_shape(start: Start, code: str) -> None:
    worker = start(m=ECHO)
    for array in (np.ones((2, 3), code), np.ones((), code), np.ones((0, 4), code), np.ones((3, 2), code).T[::-1]):
        returned = call(worker, "m.echo", array)
        assert type(returned) is np.ndarray
        assert returned.dtype == array.dtype
        np.testing.assert_array_equal(returned, array, strict=True)
    scalar = np.dtype(code).type(1)
    returned = call(worker, "m.echo", scalar)
    assert type(returned) is type(scalar)
    assert returned == scalar


def test_a_large_array_arrives_whole_in_both_directions(start: Start) -> None:
    array = np.random.default_rng(1).normal(size=(1000, 700))
    np.testing.assert_array_equal(call(start(m=ECHO), "m.echo", array), array)


def test_a_big_endian_array_arrives_with_the_same_values(start: Start) -> None:
    returned = call(start(m=ECHO), "m.echo", np.arange(5, dtype=">i4"))
    assert returned.tolist() == [0, 1, 2, 3, 4]


def test_a_returned_array_can_be_written_to(start: Start) -> None:
    returned = call(start(m=ECHO), "m.echo", np.zeros(3))
    returned[0] = 1
    assert returned.tolist() == [1, 0, 0]


def test_a_generator_is_advanced_to_where_the_function_left_it(start: Start) -> None:
    worker = start(m="def draw(rng):\n    return rng.normal(size=3)\n")
    for kind in (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64, np.random.PCG64DXSM):
        rng, same = np.random.Generator(kind(3)), np.random.Generator(kind(3))
        for _ in range(2):
            np.testing.assert_array_equal(call(worker, "m.draw", rng), same.normal(size=3))


def test_a_generator_passed_twice_is_one_generator(start: Start) -> None:
    worker = start(m="def draw(one, two):\n    return one.random(), two.random()\n")
    rng = np.random.default_rng(5)
    one, two = call(worker, "m.draw", rng, rng)
    assert one != two
    assert rng.random() == np.random.default_rng(5).random(3)[2]


@pytest.mark.parametrize(
    ("expression", "type_name", "where"),
    [
        ("set()", "set", ""),
        ("[1, {'W1': object()}]", "object", '[1]["W1"]'),
        ("np.zeros(2).view(type('Mine', (np.ndarray,), {}))", "Mine", ""),
        ("np.ma.array([1])", "numpy.ma.MaskedArray", ""),
        ("np.array([object()])", "numpy.ndarray", ""),
        ("np.array(['text'])", "numpy.ndarray", ""),
        ("type('Equal', (float,), {'__eq__': lambda *_: True})(1.0)", "Equal", ""),
        ("lambda: 0", "function", ""),
        ("{(1, 2): 3}", "dict", ""),
        ("'\\ud800'", "str", ""),
    ],
)
def test_what_is_not_plain_data_is_rejected_with_its_type_and_place(
    start: Start, expression: str, type_name: str, where: str
) -> None:
    worker = start(m=f"import numpy as np\ndef f():\n    return {expression}\n")
    with pytest.raises(Rejected) as rejected:
        call(worker, "m.f")
    assert rejected.value.type_name.endswith(type_name)
    assert rejected.value.where == where


def test_a_value_that_contains_itself_is_rejected(start: Start) -> None:
    worker = start(m="def f():\n    a = []\n    a.append(a)\n    return a\n")
    with pytest.raises(Rejected, match="deep"):
        call(worker, "m.f")


def test_too_many_items_are_rejected_and_the_worker_lives_on(start: Start) -> None:
    worker = start(m="def f():\n    return [0] * 10**6\ndef g():\n    return 1\n")
    with pytest.raises(Rejected, match="items"):
        call(worker, "m.f")
    assert call(worker, "m.g") == 1


def test_an_opaque_part_stays_and_comes_back_as_itself(start: Start) -> None:
    worker = start(
        m="""
class Cache: pass
def forward(x):
    cache = Cache()
    cache.x = x
    return 2 * x, cache
def backward(dout, cache):
    return dout * cache.x
"""
    )
    out, cache = worker.call(Call(function="m.forward", args=(3.0,), opaque=(1,))).value
    assert out == 6.0
    assert call(worker, "m.backward", 10.0, cache) == 30.0


def test_a_whole_opaque_value_can_be_called_and_its_methods_too(start: Start) -> None:
    worker = start(m="class Layer:\n    def forward(self, x):\n        return x + 1\ndef make(): return Layer()\n")
    layer = worker.call(Call(function="m.make", opaque=(-1,))).value
    assert worker.call(Call(function=layer, attribute="forward", args=(1,))).value == 2


def test_a_value_that_is_no_tuple_comes_as_it_is_even_if_a_part_was_to_stay(start: Start) -> None:
    worker = start(m="def forward(x):\n    return x\n")
    assert worker.call(Call(function="m.forward", args=(3.0,), opaque=(1,))).value == 3.0


def test_changed_arguments_are_reported_and_arrays_here_stay(start: Start) -> None:
    worker = start(m="def f(x, params, *, rate):\n    x[0] = 9\n    params['W'] += 1\n    rate[0] = 0\n")
    x, weights, rate = np.zeros(2), np.zeros(3), [1]
    changed = worker.call(Call(function="m.f", args=(x, {"W": weights}), kwargs={"rate": rate})).changed
    assert sorted(changed) == ["0", "1['W']", "rate[0]"]
    assert changed["0"].tolist() == [9, 0]
    assert x.tolist() == [0, 0]
    assert weights.tolist() == [0, 0, 0]
    assert rate == [1]


def test_a_rebound_key_reaches_the_dictionary_on_this_side(start: Start) -> None:
    worker = start(m="def f(config):\n    config['v'] = config['v'] * 2\n    config['t'] = 1\n    del config['old']\n")
    config: dict[str, Any] = {"v": np.ones(2), "old": 0}
    changed = worker.call(Call(function="m.f", args=(config,))).changed
    assert sorted(changed) == ["0['old']", "0['t']", "0['v']"]
    assert sorted(config) == ["t", "v"]
    assert config["v"].tolist() == [2, 2]


def test_nothing_is_reported_changed_when_nothing_changed(start: Start) -> None:
    worker = start(m="def f(x, d, rng):\n    d['t'] = d['t']\n    return x + rng.random()\n")
    args = (np.array([np.nan, -0.0]), {"t": 1.5, "a": np.ones(2)}, np.random.default_rng(0))
    assert worker.call(Call(function="m.f", args=args)).changed == {}


def test_global_random_numbers_are_seeded_and_their_use_is_reported(start: Start) -> None:
    worker = start(
        m="import random\nimport numpy as np\n"
        "def f():\n    return np.random.rand()\ndef g():\n    return random.random()\ndef h():\n    return 1\n"
    )
    for name, used in (("f", True), ("g", True), ("h", False)):
        first, again, other = (worker.call(Call(function=f"m.{name}", seed=seed)) for seed in (1, 1, 2))
        assert first.global_random_used is used
        assert first.value == again.value
        assert (first.value != other.value) is used


def test_many_calls_in_one_message_give_one_reply_each(start: Start) -> None:
    worker = start(m="def f(x, rng):\n    return x * 2, rng.random()\n")
    rng = np.random.default_rng(1)
    replies = worker.call_many([Call(function="m.f", args=(np.full(2, i), rng)) for i in range(50)])
    assert [reply.value[0].tolist() for reply in replies] == [[2 * i, 2 * i] for i in range(50)]
    assert {reply.value[1] for reply in replies} == {np.random.default_rng(1).random()}
    assert rng.random() == np.random.default_rng(1).random()


def test_the_first_of_many_calls_that_fails_raises(start: Start) -> None:
    worker = start(m="def f(x):\n    return 1 / x\n")
    with pytest.raises(Raised, match="ZeroDivisionError"):
        worker.call_many([Call(function="m.f", args=(x,)) for x in (1, 0, 2)])


def test_an_array_stored_by_columns_arrives_stored_by_columns(start: Start) -> None:
    worker = start(m="def flags(x):\n    return [x.flags.c_contiguous, x.flags.f_contiguous]\n" + ECHO)
    by_columns = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    assert call(worker, "m.flags", by_columns) == [False, True]
    assert call(worker, "m.flags", by_columns.T) == [True, False]
    returned = call(worker, "m.echo", by_columns)
    assert returned.flags.f_contiguous
    np.testing.assert_array_equal(returned, by_columns)


def test_a_returned_array_that_is_no_copy_is_reported(start: Start) -> None:
    worker = start(m="def first(parameters):\n    return parameters['W1'][0]\n" + ECHO)
    reply = worker.call(Call(function="m.first", args=({"W1": np.ones((2, 3))},)))
    assert [(sharing.part, sharing.other) for sharing in reply.shared] == [("", "0['W1']")]
    assert worker.call(Call(function="m.echo", args=(2.0,))).shared == ()


def test_a_kept_value_is_one_object_in_all_calls_and_can_be_changed_between_them(start: Start) -> None:
    worker = start(m="seen = []\ndef f(params):\n    seen.append(params['W'])\n    return [w.tolist() for w in seen]\n")
    kept = worker.call(Call(function="", args=(np.zeros(2),), opaque=(-1,))).value
    assert call(worker, "m.f", {"W": kept}) == [[0.0, 0.0]]
    worker.call(Call(function=kept, attribute="fill", args=(3.0,)))
    assert call(worker, "m.f", {"W": kept}) == [[3.0, 3.0], [3.0, 3.0]]


def test_an_object_stays_where_it_is_and_its_methods_and_attributes_can_be_asked_for(start: Start) -> None:
    worker = start(
        m="class Box:\n    def __init__(self, a):\n        self.a = a\n    def add(self, b):\n        self.a += b\n"
        "        return self.a\n    @property\n    def double(self):\n        return 2 * self.a\n"
    )
    box = worker.call(Call(function="m.Box", args=(3,), opaque=(-1,))).value
    assert worker.call(Call(function=box, attribute="add", args=(4,))).value == 7
    for name, value in (("a", 7), ("double", 14)):
        assert worker.call(Call(function=box, attribute="__getattribute__", args=(name,))).value == value
    with pytest.raises(Raised, match="no attribute 'b'"):
        worker.call(Call(function=box, attribute="__getattribute__", args=("b",)))


def test_a_strict_call_raises_where_numpy_would_warn_and_the_next_does_not(start: Start) -> None:
    worker = start(
        m="import numpy as np\ndef f(x):\n    return np.exp(x)\n"
        "def g(x):\n    with np.errstate(over='ignore'):\n        return np.exp(x)\n"
    )
    x = np.array([1000.0])
    with pytest.raises(Raised, match="overflow encountered in exp") as raised:
        worker.call(Call(function="m.f", args=(x,), strict=True))
    assert raised.value.frames[-1].line == 3
    assert worker.call(Call(function="m.g", args=(x,), strict=True)).value == np.inf
    assert call(worker, "m.f", x) == np.inf
