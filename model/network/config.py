"""The settings of a training run: the sizes of the network and how it is trained."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal

from tuneloom.model.aids.catalogue import DEFAULT_AIDS
from tuneloom.model.settings.checks import check_fields
from tuneloom.model.settings.ranges import Range

__all__ = [
    "SHORT_RUN_MINUTES",
    "CellName",
    "KeysName",
    "LayoutName",
    "Precision",
    "TrainingConfig",
]

CellName = Literal["lstm", "gru"]
KeysName = Literal["one", "own", "many"]
LayoutName = Literal["packed", "padded"]
Precision = Literal["float32", "bfloat16"]

SHORT_RUN_MINUTES = 6.0
"""A run with a smaller budget of time is a short one."""

_OF_THE_DEVICE = ("layout", "precision")
"""Settings whose defaults follow from the device."""


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """The defaults suit twenty minutes on two cores; docs/training.md has the measurements."""

    architecture: str = "aided"
    """A name registered in `tuneloom.model.network.catalogue`."""
    aids: tuple[str, ...] = DEFAULT_AIDS
    """What an aided network reads beside the characters: names in `tuneloom.model.aids.catalogue`."""
    aid_embedding: Annotated[int, Range(at_least=1, at_most=16_384)] = 32
    """Size of the vector that all aids are embedded in."""
    hint_logits: bool = True
    """Whether the logits of an aided network also read what the aids say, beside the recurrent layers."""
    cell: CellName = "lstm"
    """The cell of the recurrent layers: an LSTM, or a GRU, which has a quarter fewer weights."""
    embedding: Annotated[int, Range(at_least=1, at_most=16_384)] = 128
    """Size of the embedding vectors."""
    units: Annotated[int, Range(at_least=1, at_most=16_384)] = 512
    """Width of each recurrent layer."""
    layers: Annotated[int, Range(at_least=1, at_most=32)] = 1
    """Number of recurrent layers."""
    dropout: Annotated[float, Range(at_least=0, less_than=1)] = 0.5
    """Share of each recurrent layer's outputs set to zero, the same ones at all steps of a batch."""
    keys: KeysName = "one"
    """`one`: tunes are learned in C, below the key that they are drawn in. `own`: as they are. `many`: each
    epoch reads a tune in another key; the keys keep their share of the tunes."""
    level: Literal["parseable", "strict", "sound", "metrical"] = "parseable"
    """The level of validity that tunes for training and validation must reach."""
    batch_size: Annotated[int, Range(at_least=1, at_most=65_536)] = 64
    """Rows of a batch; fewer if there are fewer tunes."""
    unroll_length: Annotated[int, Range(at_least=1, at_most=65_536)] = 32
    """Steps of backpropagation through time in the packed layout."""
    layout: LayoutName = "packed"
    """`packed`: tunes end to end, fastest on a CPU. `padded`: whole tunes, one in each row, through
    Keras layers, which use cuDNN on a GPU."""
    precision: Precision = "float32"
    """What recurrent layers multiply while they learn, in the packed layout. `bfloat16`: operands and
    products rounded to it; weights, states and sums stay float32. The default of `tuneloom train` where the
    processor multiplies such numbers."""
    learning_rate: Annotated[float, Range(at_least=0)] = 4e-3
    """Peak of the schedule: a linear warm-up, then a cosine to zero at the end of the budget."""
    warmup: Annotated[int, Range(at_least=1, at_most=1_000_000)] = 40
    """Steps of the warm-up."""
    beta_2: Annotated[float, Range(at_least=0, less_than=1)] = 0.98
    """How much of the mean square of a gradient Adam keeps from step to step."""
    weight_decay: Annotated[float, Range(at_least=0)] = 0.03
    """How fast the weights up to and in the recurrent layers decay, in proportion to the
    learning rate (Loshchilov and Hutter, 2019)."""
    clip: Annotated[float, Range(more_than=0)] = 1.0
    """Gradients are scaled down to this global norm."""
    seed: Annotated[int, Range(at_least=0, at_most=2**31 - 1)] = 0
    """Determines the initial weights, the order of the tunes, their keys and dropout."""
    patience: Annotated[int, Range(at_least=0, at_most=1_000_000)] | Literal["auto"] = "auto"
    """Training stops after this many validations in a row without an improvement; after 0, never.
    `auto`: after three that also take a quarter of the steps so far."""

    def __post_init__(self) -> None:
        check_fields(self)

    @classmethod
    def for_budget(cls, minutes: float | None) -> TrainingConfig:
        """The defaults or, for a few minutes, a smaller network.

        Such a run sees few epochs, so it needs less dropout.
        """
        if minutes is None or minutes >= SHORT_RUN_MINUTES:
            return cls()
        return cls(units=256, learning_rate=8e-3, dropout=0.2)

    def for_fine_tuning(self) -> TrainingConfig:
        """The defaults of a run that goes on from a network trained with these settings."""
        return replace(self, learning_rate=self.learning_rate / 2)

    def changed_from(self, defaults: TrainingConfig) -> list[str]:
        """The names and values of the settings that are others than some defaults, but for the device."""
        return [
            f"{name} {' '.join(value) if isinstance(value, tuple) else value}"
            for name, value in asdict(self).items()
            if value != getattr(defaults, name) and name not in _OF_THE_DEVICE
        ]
