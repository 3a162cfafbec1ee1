"""Whether images are normalized right: over the batch, over one channel, over a group of channels."""

from typing import Any

import numpy as np

from grader.checks import (
    CallRecord,
    CheckFailure,
    Reference,
    Student,
    assert_array,
    assert_close,
    assert_gradient,
    assert_gradient_of,
    assert_raises,
    assert_unchanged,
    check,
)

Layer = tuple[np.ndarray, np.ndarray, np.ndarray]
RUNNING = ("running_mean", "running_var")


@check(
    "spatial_batchnorm_forward",
    hint="How many numbers does a channel have in the whole batch? That many share a mean.",
)
def test_batch_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """In training every channel is normalized over all pixels of all images, then scaled and shifted"""
    for shape, eps in (((2, 3, 4, 5), 1e-5), ((2, 4, 4, 4), 0.3), ((3, 2, 1, 4), 0.1)):
        layer = _layer(rng, shape)
        out, _ = student.spatial_batchnorm_forward(*layer, _param(rng, shape[1], eps=eps))
        expected, _ = reference.spatial_batchnorm_forward(*layer, _param(rng, shape[1], eps=eps))
        assert_close(out, expected, name="out")


@check("spatial_batchnorm_forward", hint="bn_param holds nothing but a mode here. Which eps do you use then?")
def test_batch_statistics(student: Student, rng: np.random.Generator) -> None:
    """With gamma = 1, beta = 0 every channel has mean 0 and variance var / (var + eps), eps 1e-5 if none is given"""
    x, _, _ = _layer(rng, (4, 3, 5, 6))
    x[:, 0] *= 0.01
    out, _ = student.spatial_batchnorm_forward(x, np.ones(3), np.zeros(3), {"mode": "train"})
    assert_array(out, shape=x.shape, name="out")
    assert_close(out.mean(axis=(0, 2, 3)), np.zeros(3), atol=1e-9, name="the mean of every channel of out")
    var = x.var(axis=(0, 2, 3))
    assert_close(out.var(axis=(0, 2, 3)), var / (var + 1e-5), name="the variance of every channel of out")


@check("spatial_batchnorm_forward", hint="Mark one pixel of x with a large value. Where in out does it turn up?")
def test_batch_mirrored(student: Student, rng: np.random.Generator) -> None:
    """A mirrored image gives the mirrored output, also when it is alone in its batch"""
    for shape in ((3, 2, 4, 5), (1, 3, 4, 2)):
        x, gamma, beta = _layer(rng, shape)
        param = _param(rng, shape[1], eps=1e-3)
        out, _ = student.spatial_batchnorm_forward(x, gamma, beta, dict(param))
        assert_array(out, shape=shape, name="out")
        for axis, name in ((3, "left and right"), (2, "top and bottom")):
            mirrored, _ = student.spatial_batchnorm_forward(np.flip(x, axis).copy(), gamma, beta, dict(param))
            expected = np.flip(out, axis).copy()
            assert_close(mirrored, expected, atol=1e-9, name=f"out with {name} exchanged")


@check(
    "spatial_batchnorm_forward",
    hint="Print the shape of bn_param's running mean after one step. How many channels are there?",
)
def test_batch_running(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Training steps move a running mean and variance of shape (C,)"""
    ours = _param(rng, 3, eps=1e-3, momentum=0.8)
    theirs = dict(ours)
    for step in (1, 2):
        layer = _layer(rng, (2, 3, 4, 5))
        before = dict(ours)
        record = student.spatial_batchnorm_forward.call(*layer, ours)
        reference.spatial_batchnorm_forward(*layer, theirs)
        for key in RUNNING:
            ours[key] = _after(record, before, key)
            assert_close(ours[key], theirs[key], name=f'bn_param["{key}"] after {step} training step{"s" * (step > 1)}')


@check(
    "spatial_batchnorm_forward",
    hint="At test time the numbers are in bn_param. Which shape must they take to meet the images?",
)
def test_batch_test_mode(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """At test time the running values normalize"""
    for shape in ((2, 3, 4, 5), (1, 3, 2, 4)):
        layer, param = _layer(rng, shape), _param(rng, 3, mode="test", eps=0.1)
        expected, _ = reference.spatial_batchnorm_forward(*layer, dict(param))
        out, _ = student.spatial_batchnorm_forward(*layer, dict(param))
        assert_close(out, expected, name="out")


@check(
    "spatial_batchnorm_forward",
    group="edge",
    hint="Two numbers near 1e16 are subtracted somewhere. Which quantity could be squared while it is still small?",
)
def test_batch_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Images far from zero, 1e8 plus noise, are normalized as precisely as others"""
    arguments = (1e8 + rng.normal(size=(2, 4, 3, 5)), np.ones(4), np.zeros(4))
    param = _param(rng, 4, eps=1e-7)
    expected, _ = reference.spatial_batchnorm_forward(*arguments, dict(param))
    out, _ = student.spatial_batchnorm_forward(*arguments, dict(param))
    assert_close(out, expected, rtol=1e-3, atol=1e-3, name="out")


@check("spatial_batchnorm_forward", group="contract", hint="Which line of yours writes into an argument?")
def test_batch_pure(student: Student, rng: np.random.Generator) -> None:
    """The arguments x, gamma and beta are left as they were"""
    record = student.spatial_batchnorm_forward.call(*_layer(rng, (2, 4, 3, 2)), _param(rng, 4))
    assert_unchanged(record, "x", "gamma", "beta")


@check(
    "spatial_batchnorm_forward",
    group="contract",
    hint="Every array that goes in is float32. Which of your numbers widens it?",
)
def test_batch_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Input of dtype float32 gives output of dtype float32"""
    param = _param(rng, 4)
    narrow = {key: param[key].astype(np.float32) for key in RUNNING}
    wide = {key: value.astype(np.float64) for key, value in narrow.items()}
    layer = [array.astype(np.float32) for array in _layer(rng, (2, 4, 3, 2))]
    for mode in ("train", "test"):
        doubles = (array.astype(np.float64) for array in layer)
        expected, _ = reference.spatial_batchnorm_forward(*doubles, {"mode": mode, **wide})
        out, _ = student.spatial_batchnorm_forward(*layer, {"mode": mode, **narrow})
        assert_close(out, expected, rtol=1e-3, atol=1e-3, dtype=np.float32, name=f'out in mode "{mode}"')


@check(
    "spatial_batchnorm_forward",
    group="contract",
    hint="Somebody may have kept the old running mean. Is it still the old one?",
)
def test_batch_old_running(student: Student, rng: np.random.Generator) -> None:
    """New running values are new arrays: the old ones are left as they were"""
    layer, param = _layer(rng, (2, 3, 4, 2)), _param(rng, 3)
    before = dict(param)
    record = student.spatial_batchnorm_forward.call(*layer, param)
    for key in RUNNING:
        # A key bound anew counts as a change of bn_param too; it tells the value that was bound.
        changed = record.changed.get(f"3['{key}']")
        if changed is not None and (param.get(key) is before[key] or not np.array_equal(changed, param.get(key))):
            assert_unchanged(record, f"bn_param['{key}']")


@check(
    "spatial_batchnorm_forward",
    group="contract",
    hint="Which two modes are there, and what does your function do with a third?",
)
def test_batch_error(student: Student, rng: np.random.Generator) -> None:
    """A mode other than "train" and "test" is refused with a ValueError"""
    for mode in ("eval", "training"):
        arguments = (*_layer(rng, (2, 3, 4, 5)), _param(rng, 3, mode=mode))
        assert_raises(ValueError, student.spatial_batchnorm_forward, *arguments, naming="mode")


@check(
    "spatial_batchnorm_backward",
    hint="dout has the layout of x. Does every step that x went through have its counterpart?",
)
def test_batch_backward_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients dx, dgamma and dbeta are right, also where a gamma is 0"""
    for shape, eps in (((2, 3, 4, 5), 1e-3), ((3, 3, 3, 3), 0.3), ((1, 4, 3, 2), 1e-3)):
        arguments, dout = (*_layer(rng, shape), _param(rng, shape[1], eps=eps)), rng.normal(size=shape)
        arguments[1][0] = 0.0
        expected = _batch_gradients(reference, arguments, dout)
        assert_gradient(_batch_gradients(student, arguments, dout), expected, sizes=_sizes(shape))


@check(
    "spatial_batchnorm_backward",
    follow_through=True,
    hint="Nudge one pixel and look at its channel in all images. Which of those changes does your dx know of?",
)
def test_batch_backward_numerical(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are those of your own forward pass"""
    x, gamma, beta = _layer(rng, (3, 2, 2, 2))
    dout, param = rng.normal(size=x.shape), _param(rng, 2, eps=1e-3)
    assert_gradient_of(
        lambda points: [out for out, _ in student.spatial_batchnorm_forward.many([(*_at(p), param) for p in points])],
        _batch_gradients(student, (x, gamma, beta, param), dout),
        at={"x": x, "gamma": gamma, "beta": beta},
        upstream=dout,
        reference_forward=lambda points: [reference.spatial_batchnorm_forward(*_at(p), dict(param))[0] for p in points],
        sizes=_sizes(x.shape),
    )


@check(
    "spatial_batchnorm_backward",
    hint="At test time mean and variance are fixed numbers. Which paths from x to out are left?",
)
def test_batch_backward_test_mode(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """After a forward pass at test time the statistics are constants"""
    shape = (2, 3, 4, 5)
    arguments, dout = (*_layer(rng, shape), _param(rng, 3, mode="test", eps=0.1)), rng.normal(size=shape)
    expected = _batch_gradients(reference, arguments, dout)
    assert_gradient(_batch_gradients(student, arguments, dout), expected, sizes=_sizes(shape))


@check("spatial_batchnorm_backward", group="contract", hint="Which line of yours writes into dout, or into the cache?")
def test_batch_backward_pure(student: Student, rng: np.random.Generator) -> None:
    """The argument dout and the cache are left as they were: a second call gives the same"""
    shape = (2, 3, 2, 4)
    _, cache = student.spatial_batchnorm_forward(*_layer(rng, shape), _param(rng, 3))
    dout = rng.normal(size=shape)
    record = student.spatial_batchnorm_backward.call(dout, cache)
    assert_unchanged(record, "dout")
    again = student.spatial_batchnorm_backward(dout, cache)
    assert_close(again, record.value, name="(dx, dgamma, dbeta) of a second call with the same cache")


@check("instancenorm_forward", hint="Which of the axes N, C, H and W disappear when you average?")
def test_instance_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Every channel of every image is normalized over its own pixels, then scaled and shifted"""
    for shape, eps in (((2, 3, 4, 5), 1e-5), ((3, 3, 3, 3), 0.3), ((2, 4, 1, 3), 0.1)):
        arguments = (*_layer(rng, shape), {"eps": eps})
        expected, _ = reference.instancenorm_forward(*arguments)
        out, _ = student.instancenorm_forward(*arguments)
        assert_close(out, expected, name="out")


@check("instancenorm_forward", hint="in_param is empty here. Which eps do you use then, and where does it stand?")
def test_instance_statistics(student: Student, rng: np.random.Generator) -> None:
    """With gamma = 1, beta = 0 a channel has mean 0 and variance var / (var + eps), eps 1e-5 if none is given"""
    x, _, _ = _layer(rng, (2, 3, 5, 6))
    x[0] *= 0.01
    out, _ = student.instancenorm_forward(x, np.ones(3), np.zeros(3), {})
    assert_array(out, shape=x.shape, name="out")
    assert_close(out.mean(axis=(2, 3)), np.zeros((2, 3)), atol=1e-9, name="the mean over the pixels of out")
    var = x.var(axis=(2, 3))
    assert_close(out.var(axis=(2, 3)), var / (var + 1e-5), name="the variance over the pixels of out")


@check(
    "instancenorm_forward", hint="Turn up brightness and contrast of one image. What should be left of that afterwards?"
)
def test_instance_contrast(student: Student, rng: np.random.Generator) -> None:
    """With eps = 0 the contrast and brightness of each image disappear"""
    x, gamma, beta = _layer(rng, (3, 2, 4, 5))
    x *= 0.1
    out, _ = student.instancenorm_forward(x, gamma, beta, {"eps": 0.0})
    assert_array(out, shape=x.shape, name="out")
    contrast = np.array([0.5, 2.0, 7.0]).reshape(3, 1, 1, 1)
    changed, _ = student.instancenorm_forward(contrast * x + 2, gamma, beta, {"eps": 0.0})
    assert_close(changed, out, atol=1e-9, name="out for images of other contrast and brightness")


@check(
    "instancenorm_forward",
    group="edge",
    hint="One pixel has no spread. What is it minus its mean, and what remains of out?",
)
def test_instance_pixel(student: Student, rng: np.random.Generator) -> None:
    """An image of one pixel gives beta"""
    x, gamma, beta = _layer(rng, (4, 3, 1, 1))
    out, _ = student.instancenorm_forward(x, gamma, beta, {"eps": 1e-5})
    assert_close(out, np.tile(beta[:, None, None], (4, 1, 1, 1)), name="out")


@check(
    "instancenorm_forward",
    group="edge",
    hint="Two numbers near 1e16 are subtracted somewhere. Which quantity could be squared while it is still small?",
)
def test_instance_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Images far from zero, 1e8 plus noise, are normalized as precisely as others"""
    arguments = (1e8 + rng.normal(size=(2, 4, 3, 5)), np.ones(4), np.zeros(4))
    expected, _ = reference.instancenorm_forward(*arguments, {"eps": 1e-7})
    out, _ = student.instancenorm_forward(*arguments, {"eps": 1e-7})
    assert_close(out, expected, rtol=1e-3, atol=1e-3, name="out")


@check("instancenorm_forward", group="contract", hint="Which line of yours writes into an argument?")
def test_instance_pure(student: Student, rng: np.random.Generator) -> None:
    """The arguments x, gamma and beta are left as they were"""
    record = student.instancenorm_forward.call(*_layer(rng, (2, 4, 3, 2)), {"eps": 1e-7})
    assert_unchanged(record, "x", "gamma", "beta")


@check(
    "instancenorm_forward",
    group="contract",
    hint="Every array that goes in is float32. Which of your numbers widens it?",
)
def test_instance_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Input of dtype float32 gives output of dtype float32"""
    layer = [array.astype(np.float32) for array in _layer(rng, (2, 4, 3, 2))]
    expected, _ = reference.instancenorm_forward(*(array.astype(np.float64) for array in layer), {"eps": 1e-5})
    out, _ = student.instancenorm_forward(*layer, {"eps": 1e-5})
    assert_close(out, expected, rtol=1e-3, atol=1e-3, dtype=np.float32, name="out")


@check("spatial_groupnorm_forward", hint="With 6 channels and G = 2, which channels share a mean? And with G = 3?")
def test_group_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Groups of neighbouring channels are normalized together, then scaled and shifted channel by channel"""
    for G, eps in ((2, 1e-5), (3, 0.3), (1, 0.1), (6, 0.3)):
        arguments = (*_layer(rng, (2, 6, 4, 5)), G, {"eps": eps})
        expected, _ = reference.spatial_groupnorm_forward(*arguments)
        out, _ = student.spatial_groupnorm_forward(*arguments)
        assert_close(out, expected, name="out")
    arguments = (*_layer(rng, (4, 4, 4, 4)), 2, {"eps": 1e-3})
    expected, _ = reference.spatial_groupnorm_forward(*arguments)
    out, _ = student.spatial_groupnorm_forward(*arguments)
    assert_close(out, expected, name="out")


@check(
    "spatial_groupnorm_forward",
    hint="How many channels share a group when G = 1? gn_param is empty here: which eps is it?",
)
def test_group_one(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """G = 1 is layer normalization of whole images, eps 1e-5 if none is given"""
    x, _, _ = _layer(rng, (3, 4, 2, 5))
    x *= 0.01
    expected, _ = reference.layernorm_forward(x.reshape(3, -1), np.ones(40), np.zeros(40), {"eps": 1e-5})
    out, _ = student.spatial_groupnorm_forward(x, np.ones(4), np.zeros(4), 1, {})
    assert_close(out, expected.reshape(x.shape), name="out with G = 1")


@check(
    "spatial_groupnorm_forward",
    hint="With G = C each group has one channel. Over how many numbers do you average then?",
)
def test_group_each(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """G = C is instance normalization, also with eps = 0"""
    x, _, _ = _layer(rng, (2, 5, 4, 3))
    x *= 0.1
    expected, _ = reference.instancenorm_forward(x, np.ones(5), np.zeros(5), {"eps": 0.0})
    out, _ = student.spatial_groupnorm_forward(x, np.ones(5), np.zeros(5), 5, {"eps": 0.0})
    assert_close(out, expected, name="out with G = C = 5")


@check("spatial_groupnorm_forward", hint="Change channel 0 of one image. Which channels of the output move?")
def test_group_neighbours(student: Student, rng: np.random.Generator) -> None:
    """Changing a channel changes its own group of neighbours and no other, in a batch of one image too"""
    for n, c, G in ((2, 6, 2), (1, 6, 3)):
        x, gamma, beta = _layer(rng, (n, c, 2, 3))
        before, _ = student.spatial_groupnorm_forward(x, gamma, beta, G, {"eps": 1e-3})
        assert_array(before, shape=x.shape, name="out")
        x[0, 0] += rng.normal(0, 3, size=x.shape[2:])
        after, _ = student.spatial_groupnorm_forward(x, gamma, beta, G, {"eps": 1e-3})
        moved = np.abs(after - before).max(axis=(2, 3)) > 1e-6
        expected = np.zeros_like(moved)
        expected[0, : c // G] = True
        if not np.array_equal(moved, expected):
            raise CheckFailure(
                f"with C = {c} and G = {G}, changing channel 0 of image 0 changed {_places(moved)} of out; "
                f"expected {_places(expected)}"
            )


@check(
    "spatial_groupnorm_forward",
    group="contract",
    hint="Four groups cannot share six channels equally. What do you do then?",
)
def test_group_error(student: Student, rng: np.random.Generator) -> None:
    """A G that does not divide C is refused with a ValueError"""
    for G in (4, 5, 12):
        assert_raises(ValueError, student.spatial_groupnorm_forward, *_layer(rng, (2, 6, 4, 5)), G, {}, naming="G")


@check(
    "spatial_groupnorm_forward",
    group="edge",
    hint="Two numbers near 1e16 are subtracted somewhere. Which quantity could be squared while it is still small?",
)
def test_group_offset(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Images far from zero, 1e8 plus noise, are normalized as precisely as others"""
    arguments = (1e8 + rng.normal(size=(2, 4, 3, 5)), np.ones(4), np.zeros(4), 2)
    expected, _ = reference.spatial_groupnorm_forward(*arguments, {"eps": 1e-7})
    out, _ = student.spatial_groupnorm_forward(*arguments, {"eps": 1e-7})
    assert_close(out, expected, rtol=1e-3, atol=1e-3, name="out")


@check("spatial_groupnorm_forward", group="contract", hint="Which line of yours writes into an argument?")
def test_group_pure(student: Student, rng: np.random.Generator) -> None:
    """The arguments x, gamma and beta are left as they were"""
    record = student.spatial_groupnorm_forward.call(*_layer(rng, (2, 4, 3, 2)), 2, {"eps": 1e-7})
    assert_unchanged(record, "x", "gamma", "beta")


@check(
    "spatial_groupnorm_forward",
    group="contract",
    hint="Every array that goes in is float32. Which of your numbers widens it?",
)
def test_group_dtype(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Input of dtype float32 gives output of dtype float32"""
    layer = [array.astype(np.float32) for array in _layer(rng, (2, 4, 3, 2))]
    expected, _ = reference.spatial_groupnorm_forward(*(array.astype(np.float64) for array in layer), 2, {"eps": 1e-5})
    out, _ = student.spatial_groupnorm_forward(*layer, 2, {"eps": 1e-5})
    assert_close(out, expected, rtol=1e-3, atol=1e-3, dtype=np.float32, name="out")


@check(
    "spatial_groupnorm_backward",
    hint="The group shared one mean and one variance. Which values of dout meet in their gradients?",
)
def test_group_backward_values(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients dx, dgamma and dbeta are right, also where a gamma is 0"""
    for shape, G, eps in (
        ((2, 6, 3, 4), 2, 1e-3),
        ((2, 6, 3, 4), 3, 0.3),
        ((1, 6, 2, 1), 6, 1e-3),
        ((3, 3, 3, 3), 1, 0.3),
    ):
        arguments, dout = (*_layer(rng, shape), G, {"eps": eps}), rng.normal(size=shape)
        arguments[1][0] = 0.0
        expected = _group_gradients(reference, arguments, dout)
        sizes = {**_sizes(shape), "G": G}
        assert_gradient(_group_gradients(student, arguments, dout), expected, sizes=sizes)


@check(
    "spatial_groupnorm_backward",
    follow_through=True,
    hint="Nudge one pixel and look at its group in your output. Which of those changes does your dx know of?",
)
def test_group_backward_numerical(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The gradients are those of your own forward pass"""
    x, gamma, beta = _layer(rng, (2, 4, 2, 2))
    dout, param = rng.normal(size=x.shape), {"eps": 1e-3}
    assert_gradient_of(
        lambda points: [
            out for out, _ in student.spatial_groupnorm_forward.many([(*_at(p), 2, param) for p in points])
        ],
        _group_gradients(student, (x, gamma, beta, 2, param), dout),
        at={"x": x, "gamma": gamma, "beta": beta},
        upstream=dout,
        reference_forward=lambda points: [reference.spatial_groupnorm_forward(*_at(p), 2, param)[0] for p in points],
        sizes={**_sizes(x.shape), "G": 2},
    )


@check("spatial_groupnorm_backward", group="contract", hint="Which line of yours writes into dout, or into the cache?")
def test_group_backward_pure(student: Student, rng: np.random.Generator) -> None:
    """The argument dout and the cache are left as they were: a second call gives the same"""
    shape = (2, 4, 2, 3)
    _, cache = student.spatial_groupnorm_forward(*_layer(rng, shape), 2, {"eps": 1e-3})
    dout = rng.normal(size=shape)
    record = student.spatial_groupnorm_backward.call(dout, cache)
    assert_unchanged(record, "dout")
    again = student.spatial_groupnorm_backward(dout, cache)
    assert_close(again, record.value, name="(dx, dgamma, dbeta) of a second call with the same cache")


def _layer(rng: np.random.Generator, shape: tuple[int, ...]) -> Layer:
    """Return x, gamma and beta; images and channels differ in mean and scale."""
    n, c = shape[:2]
    x = rng.normal(size=shape) * rng.uniform(0.5, 3, size=(n, c, 1, 1)) + rng.normal(2, 2, size=(n, c, 1, 1))
    signs = np.where(np.arange(c) % 2, -1.0, 1.0)
    return x, signs * rng.uniform(0.5, 2, size=c), rng.normal(size=c)


def _param(
    rng: np.random.Generator, c: int, *, mode: str = "train", eps: float = 1e-3, momentum: float = 0.9
) -> dict[str, Any]:
    """Return a bn_param with running values of its own."""
    return {
        "mode": mode,
        "eps": eps,
        "momentum": momentum,
        "running_mean": rng.normal(1, 1, size=c),
        "running_var": rng.uniform(0.5, 3, size=c),
    }


def _sizes(shape: tuple[int, ...]) -> dict[str, int]:
    n, c, h, w = shape
    return {"N": n, "C": c, "H * W": h * w, "N * H * W": n * h * w}


def _at(point: dict[str, np.ndarray]) -> Layer:
    return point["x"], point["gamma"], point["beta"]


def _after(record: CallRecord, before: dict[str, Any], key: str) -> Any:
    """Return a running value as the call left it: bound anew, or else changed in place."""
    bound = record.args[3].get(key)
    return record.changed.get(f"3['{key}']", bound) if bound is before[key] else bound


def _batch_gradients(functions: Any, arguments: tuple[Any, ...], dout: np.ndarray) -> dict[str, np.ndarray]:
    """Go forward and backward with the functions of the student, or of the reference."""
    *arrays, bn_param = arguments
    _, cache = functions.spatial_batchnorm_forward(*arrays, dict(bn_param))
    # Another layer goes forward in between, as in a network: what counts is the cache that is passed.
    functions.spatial_batchnorm_forward(*(1 - 2 * array for array in arrays), dict(bn_param))
    return dict(zip(("dx", "dgamma", "dbeta"), functions.spatial_batchnorm_backward(dout, cache), strict=True))


def _group_gradients(functions: Any, arguments: tuple[Any, ...], dout: np.ndarray) -> dict[str, np.ndarray]:
    """Go forward and backward with the functions of the student, or of the reference."""
    *arrays, G, gn_param = arguments
    _, cache = functions.spatial_groupnorm_forward(*arrays, G, gn_param)
    # Another layer goes forward in between, as in a network: what counts is the cache that is passed.
    functions.spatial_groupnorm_forward(*(1 - 2 * array for array in arrays), G, gn_param)
    return dict(zip(("dx", "dgamma", "dbeta"), functions.spatial_groupnorm_backward(dout, cache), strict=True))


def _places(moved: np.ndarray) -> str:
    """Say which channels of which images a mask marks."""
    images = [f"channels {np.flatnonzero(row).tolist()} of image {i}" for i, row in enumerate(moved) if row.any()]
    return " and ".join(images) or "nothing"
