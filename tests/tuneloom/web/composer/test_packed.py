import numpy as np
import pytest

from tests.support.composing import run_composer
from tuneloom.grammar.errors import UsageError
from tuneloom.web.composer.packed import WeightPrecision, pack_floats, pack_integers, rounded

EDGES = [0.0, -0.0, 1.0, -1 / 3, 65504.0, 6e-8, -6.1e-5, 1e-9, 0.1]


@pytest.mark.parametrize("precision", ["float16", "float32"])
def test_a_page_reads_the_weights_as_they_were_rounded(precision: WeightPrecision) -> None:
    noise = np.random.default_rng(0).normal(size=1000)
    values = np.array([*EDGES, *noise], np.float32)
    packed = pack_floats(values, precision)
    read = run_composer("return [...TuneloomComposer.unpackFloats(input)];", packed)
    assert read == rounded(values, precision).tolist()


def test_weights_that_float16_cannot_hold_are_refused() -> None:
    with pytest.raises(UsageError, match="beyond the range of float16; use float32"):
        pack_floats(np.array([1e5], np.float32), "float16")


def test_integers_are_read_again() -> None:
    packed = pack_integers(np.array([0, 1, 300, 65535]))
    assert run_composer("return [...TuneloomComposer.unpackIntegers(input)];", packed) == [
        *(0, 1, 300, 65535)
    ]
