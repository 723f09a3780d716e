"""The metrics of a training run, kept as rows of a CSV file."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.runtime.atomic import atomic_output

__all__ = ["Metrics", "MetricsRow"]

_OPTIONAL = ("validation_bits", "parseable", "metrical")


@dataclass(frozen=True, slots=True)
class MetricsRow:
    """The metrics of a number of consecutive steps, the last of which is `step`.

    Bits are per character, and `train_bits` is the mean over the steps. `parseable` and `metrical` are
    percentages of the tunes in a sample.
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
    """The rows of a run so far, and the steps since the last of them."""

    def __init__(self, rows: list[MetricsRow] | None = None) -> None:
        self.rows = rows or []
        self._bits = 0.0
        self._characters = 0
        self._learning_rate = 0.0

    def record_step(self, bits: float, characters: int, learning_rate: float) -> None:
        """Add a step: the bits of all characters predicted, and their number."""
        self._bits += bits
        self._characters += characters
        self._learning_rate = learning_rate

    def close_row(self, progress: TrainingProgress) -> None:
        """Append a row for the steps since the last one, if there are any."""
        if not self._characters:
            return
        self.rows.append(
            MetricsRow(
                step=progress.step,
                epoch=round(progress.epochs, 4),
                characters=progress.characters,
                seconds=round(progress.seconds, 2),
                learning_rate=float(f"{self._learning_rate:.4g}"),
                train_bits=round(self._bits / self._characters, 4),
            )
        )
        self._bits, self._characters = 0.0, 0

    def record_validation(
        self,
        progress: TrainingProgress,
        bits: float | None,
        *,
        parseable: float,
        metrical: float,
    ) -> None:
        """Close the row and add the results of a validation and a sample to it."""
        self.close_row(progress)
        self.rows[-1] = replace(
            self.rows[-1],
            validation_bits=None if bits is None else round(bits, 4),
            parseable=parseable,
            metrical=metrical,
        )

    def write(self, path: Path) -> None:
        """Write all rows as CSV."""
        names = [field.name for field in fields(MetricsRow)]
        with (
            atomic_output(path) as temporary,
            temporary.open("w", newline="", encoding="utf-8") as file,
        ):
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(asdict(row) for row in self.rows)

    @classmethod
    def read(cls, path: Path, last_step: int) -> Metrics:
        """The rows up to a step; no rows if the file does not exist.

        Raises:
            UsageError: a row is damaged.
            OSError: the file cannot be read.
        """
        if not path.is_file():
            return cls()
        try:
            with path.open(newline="", encoding="utf-8") as file:
                rows = [_parse_row(cells) for cells in csv.DictReader(file)]
        except (ValueError, KeyError, TypeError, csv.Error) as error:
            raise UsageError(f"{path} cannot be read: {error!r:.100}; train again") from error
        return cls([row for row in rows if row.step <= last_step])


def _parse_row(cells: dict[str, str]) -> MetricsRow:
    return MetricsRow(
        step=int(cells["step"]),
        epoch=float(cells["epoch"]),
        characters=int(cells["characters"]),
        seconds=float(cells["seconds"]),
        learning_rate=float(cells["learning_rate"]),
        train_bits=float(cells["train_bits"]),
        **{name: float(cells[name]) if cells[name] else None for name in _OPTIONAL},
    )
