"""What a run measures along its way, kept as the rows of a CSV."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from tuneloom.model.runtime.atomic import replacing
from tuneloom.model.training.schedule import Place

__all__ = ["Metrics", "Row"]


_MAY_BE_EMPTY = ("validation_bits", "parseable", "metrical")


@dataclass(frozen=True, slots=True)
class Row:
    """Some steps on end, with what was found at the end of them.

    Bits are per character: `train_bits` the mean over the row's steps. `parseable` and `metrical` are
    percentages of a sample of draws.
    """

    step: int
    epoch: float
    characters: int
    seconds: float
    learning_rate: float
    train_bits: float
    validation_bits: float | None = None
    parseable: float | None = None
    metrical: float | None = None


class Metrics:
    """The rows of a run so far, and the one under way."""

    def __init__(self, rows: list[Row] | None = None) -> None:
        self.rows = rows or []
        self._bits = 0.0
        self._predicted = 0
        self._rate = 0.0

    def add(self, bits: float, predicted: int, rate: float) -> None:
        """Count a step in: the bits lost over so many characters, at this learning rate."""
        self._bits += bits
        self._predicted += predicted
        self._rate = rate

    def close_row(self, place: Place) -> None:
        """End the row under way, unless no step is in it."""
        if not self._predicted:
            return
        mean = round(self._bits / self._predicted, 4)
        epochs, seconds, rate = round(place.epochs, 4), round(place.seconds, 2), f"{self._rate:.4g}"
        self.rows.append(Row(place.step, epochs, place.characters, seconds, float(rate), mean))
        self._bits, self._predicted = 0.0, 0

    def examined(self, place: Place, bits: float | None, parseable: float, metrical: float) -> None:
        """Note a validation and a sample at this place in the row that ends there."""
        self.close_row(place)
        self.rows[-1] = replace(
            self.rows[-1],
            validation_bits=None if bits is None else round(bits, 4),
            parseable=parseable,
            metrical=metrical,
        )

    def write(self, path: Path) -> None:
        names = [field.name for field in fields(Row)]
        with replacing(path) as beside, beside.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(asdict(row) for row in self.rows)

    @classmethod
    def read(cls, path: Path, last_step: int) -> Metrics:
        """The rows up to a step; none if the file was never written."""
        if not path.is_file():
            return cls()
        with path.open(newline="", encoding="utf-8") as file:
            rows = [_parse(row) for row in csv.DictReader(file)]
        return cls([row for row in rows if row.step <= last_step])


def _parse(cells: dict[str, str]) -> Row:
    return Row(
        step=int(cells["step"]),
        epoch=float(cells["epoch"]),
        characters=int(cells["characters"]),
        seconds=float(cells["seconds"]),
        learning_rate=float(cells["learning_rate"]),
        train_bits=float(cells["train_bits"]),
        **{name: float(cells[name]) if cells[name] else None for name in _MAY_BE_EMPTY},
    )
