from collections.abc import Callable

from tuneloom.corpus.record import Record
from tuneloom.pipeline.steps.blocks import pack_block, unpack_blocks
from tuneloom.pipeline.steps.plan import SortKey


def test_what_is_packed_comes_back_in_order(tune: Callable[..., Record]) -> None:
    placed = [(SortKey(0, 0, offset, 1), tune(offset=offset)) for offset in range(5)]
    assert (
        list(unpack_blocks([pack_block(placed[:2]), pack_block([]), pack_block(placed[2:])]))
        == placed
    )
