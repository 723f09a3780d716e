"""Generated tunes."""

from __future__ import annotations

from dataclasses import dataclass

from tuneloom.model.score.tunes.tune_set import DrawnText

__all__ = ["GeneratedTune", "GenerationResult", "StreamedText"]


@dataclass(frozen=True, slots=True)
class GeneratedTune:
    """A tune as the network wrote it: training text, without X: and T:."""

    text: str
    finished: bool
    """Whether the tune ended before the maximum length."""
    mask_bits: float = 0.0
    """How much likelier the constraint's mask made the tune; 0 without one."""

    def to_drawn_text(self) -> DrawnText:
        """The tune as a score reads it back from a tunebook."""
        return DrawnText(self.text.rstrip("\n"), self.finished)


@dataclass(frozen=True, slots=True)
class GenerationResult:
    """Tunes by number, from 1; some are missing if the user interrupted."""

    tunes: dict[int, GeneratedTune]
    requested: int
    drawn: int
    """Tunes drawn in total, with the rejected ones."""
    left_out: tuple[str, ...] = ()
    """What the prompt has and the network does not read, such as `T:` or `chord symbols`."""
    characters_drawn: int = 0
    """Characters of these, the end of each included; 0 if no tune can be rejected."""
    effective_size: float | None = None
    """The effective sample size of the tunes that were resampled; None if they were not."""

    @property
    def partial(self) -> bool:
        """Whether tunes are missing."""
        return len(self.tunes) < self.requested

    @property
    def characters_per_kept(self) -> float:
        """How many characters were drawn for each character of the tunes."""
        return self.characters_drawn / sum(len(tune.text) + 1 for tune in self.tunes.values())

    @property
    def different(self) -> int:
        """How many of the tunes are different texts."""
        return len({tune.text for tune in self.tunes.values()})


@dataclass(frozen=True, slots=True)
class StreamedText:
    """The next characters of the tune `number`, from 1, whether it ends with them, and as it should."""

    number: int
    text: str
    has_ended: bool
    finished: bool
