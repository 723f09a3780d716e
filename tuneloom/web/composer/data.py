"""What a page needs of a run so that it can write tunes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from tuneloom.corpus.playback.tempos import usual_tempo
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.parsing.parser import parse
from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.web.composer.packed import PackedFloats, WeightPrecision, pack_floats
from tuneloom.web.composer.tables import ConstraintTables, constraint_tables

__all__ = ["ComposerData", "composer_data"]

_ARCHITECTURES = ("aided", "plain")
_AIDS = (
    "echo", "phase-echo", "parallel", "clock", "tonic", "sections", "line-bars", "ties", "place", "last-bar",
    "level",
)  # fmt: skip
"""Those that `aids.js` knows."""


class HintLayout(TypedDict):
    """The number of values of each feature, and the number of pointers."""

    feature_sizes: list[int]
    pointers: int


class NetworkData(TypedDict):
    """Sizes and weights, by the names of docs/network.md."""

    units: int
    layers: int
    layout: HintLayout
    weights: dict[str, PackedFloats]


class KnownHeaders(TypedDict):
    """The headers of the training tunes, as in config.json."""

    beginnings: list[str]
    keys: list[str]


class ComposerData(TypedDict):
    """JSON for `new Composer(data)`."""

    name: str
    vocabulary: str
    headers: KnownHeaders
    in_one_tonic: bool
    tempos: dict[str, float]
    """The usual tempos, in quarter notes a minute, of rhythms and metres, as in `jig|6/8`."""
    max_length: int
    aids: list[str]
    network: NetworkData
    constraints: ConstraintTables


def composer_data(run: RunDirectory, precision: WeightPrecision = "float16") -> ComposerData:
    """The network of a run, with all that it takes to write tunes with it.

    Raises:
        UsageError: a page cannot run a network of this kind, or the run has none yet.
    """
    config = run.config
    _check(run)
    aids = list(config.aids) if config.architecture == "aided" else []
    layout = AidLayout.of(aids)
    from tuneloom.model.export.weights import named_weights  # TensorFlow takes seconds to load

    weights = named_weights(run.load_network().model)
    return {
        "name": run.name,
        "vocabulary": run.vocabulary.characters,
        "headers": {
            "beginnings": list(run.headers.beginnings),
            "keys": list(run.headers.keys),
        },
        "in_one_tonic": run.spelling.in_one_tonic,
        "tempos": _usual_tempos(run.headers.beginnings),
        "max_length": SamplingConfig().max_length,
        "aids": aids,
        "network": {
            "units": config.units,
            "layers": config.layers,
            "layout": {"feature_sizes": list(layout.feature_sizes), "pointers": layout.pointers},
            "weights": {name: pack_floats(each, precision) for name, each in weights.items()},
        },
        "constraints": constraint_tables(run.vocabulary),
    }


def _usual_tempos(headers: Iterable[str]) -> dict[str, float]:
    tempos: dict[str, float] = {}
    for header in headers:
        parsed = parse(f"X:1\nT:\n{header}K:C\nC|\n")
        if parsed.parseable:
            rhythm, meter = parsed.tune.field("R"), parsed.tune.field("M")
            tempos[f"{rhythm}|{meter}"] = usual_tempo(parsed.tune)
    return tempos


def _check(run: RunDirectory) -> None:
    config = run.config
    if config.architecture not in _ARCHITECTURES:
        raise UsageError(
            f"{run.path}: a page cannot run the network {config.architecture}, only "
            + " and ".join(_ARCHITECTURES)
        )
    if config.cell != "lstm":
        raise UsageError(f"{run.path}: a page cannot run the cell {config.cell}, only lstm")
    unknown = [aid for aid in config.aids if aid not in _AIDS]
    if config.architecture == "aided" and unknown:
        raise UsageError(f"{run.path}: a page cannot work out the aid {unknown[0]}")
