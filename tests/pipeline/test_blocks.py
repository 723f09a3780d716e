from collections.abc import Callable

from corpus.record import Record
from pipeline.blocks import pack, unpack
from pipeline.plan import Place


def test_what_is_packed_comes_back_in_order(tune: Callable[..., Record]) -> None:
    placed = [(Place(0, offset, 1), tune(offset=offset)) for offset in range(5)]
    assert list(unpack([pack(placed[:2]), pack([]), pack(placed[2:])])) == placed
