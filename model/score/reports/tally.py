"""The figures of a set of tunes, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuneloom.model.score.figures.catalogue import FIGURES, figure_sections
from tuneloom.model.score.figures.figure import MeasuredTunes
from tuneloom.model.score.statistics.figure_value import FigureValue
from tuneloom.model.score.statistics.rate import Rate

__all__ = ["MISSING_DRAW", "Tally", "tally_tunes"]

MISSING_DRAW = "missing-draw"


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures that were measured, by their names in `FIGURES`.

    `errors` counts tunes by what is wrong with them: an unparseable tune once, under its first error, any
    other once under every rule that it breaks. `compared` says how many tunes were compared with how many
    real ones for the figures of likeness; None if there were none on either side.
    """

    tunes: int
    figures: Mapping[str, FigureValue]
    errors: Mapping[str, int] = field(default_factory=dict)
    compared: tuple[int, int] | None = None

    @property
    def parseable(self) -> Rate:
        """The rate of parseable tunes."""
        rate = self.figures["parseable"]
        assert isinstance(rate, Rate)
        return rate

    def to_json(self) -> dict[str, Any]:
        """Every figure has a key; null means that it was not measured, here and for a whole section."""
        top, originality, *others = figure_sections().items()
        return {
            "tunes": self.tunes,
            **self._values_to_json(top[1]),
            "originality": self._section_to_json(*originality),
            "errors": dict(self.errors),
            **{section: self._section_to_json(section, names) for section, names in others},
        }

    def _section_to_json(self, section: str, names: Iterable[str]) -> dict[str, Any] | None:
        values = self._values_to_json(names)
        if all(value is None for value in values.values()):
            return None
        if section == "likeness" and self.compared:
            return {"tunes": self.compared[0], "real": self.compared[1], **values}
        return values

    def _values_to_json(self, names: Iterable[str]) -> dict[str, Any]:
        values = {name.rpartition(".")[2]: self.figures.get(name) for name in names}
        return {key: value and value.to_json() for key, value in values.items()}


def tally_tunes(measured: MeasuredTunes) -> Tally:
    """Measure every figure, and count the errors. Requested tunes that are missing are errors too."""
    errors = Counter(code for tune in measured.tunes for code in tune.verdict.errors)
    if missing := measured.total - len(measured.tunes):
        errors[MISSING_DRAW] = missing
    values = {
        name: value
        for name, figure in FIGURES.items()
        if (value := figure.measure(measured)) is not None
    }
    sizes = len(measured.sample), len(measured.real)
    return Tally(measured.total, values, dict(errors.most_common()), sizes if all(sizes) else None)
