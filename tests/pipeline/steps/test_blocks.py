from collections.abc import Callable

from tuneloom.corpus.record import Record
from tuneloom.pipeline.steps.blocks import pack, unpack
from tuneloom.pipeline.steps.plan import Place


def test_what_is_packed_comes_back_in_order(tune: Callable[..., Record]) -> None:
    placed = [(Place(0, offset, 1), tune(offset=offset)) for offset in range(5)]
    assert list(unpack([pack(placed[:2]), pack([]), pack(placed[2:])])) == placed
