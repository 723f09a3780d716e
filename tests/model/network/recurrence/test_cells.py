from typing import get_args

from tuneloom.model.network.config import CellName
from tuneloom.model.network.recurrence.cells import CELLS


def test_the_settings_name_every_cell() -> None:
    assert get_args(CellName) == tuple(CELLS)
