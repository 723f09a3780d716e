"""Whether `--exact` draws from the network's own distribution under a constraint, and what that costs.

Arguments: RUN and the number of tunes (default: 10,000). The standard is plain rejection: of free draws,
those that the constraint accepts when it reads them afterwards. With the same seed, `restart` has to keep the
very same tunes. With other seeds, it and `resample` have to pass tests of two samples, whose p-values are
shown: Kolmogorov-Smirnov for numbers, chi-square for fields and notes, at 1% for all tests together.
Resampled tunes count as their effective sample size. Tunes of the mask alone are tested too, to show what
the tests can see. The cost is characters drawn over characters kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import kolmogorov
from scipy.stats import chi2_contingency, ks_2samp

from tuneloom.model.constraints.catalogue import CONSTRAINTS
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import tf
from tuneloom.model.runtime.threads import configure_threads
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.sampler import ConstraintUse, SampledTokens, Sampler
from tuneloom.model.score.statistics.resampling import (
    effective_sample_size,
    importance_weights,
    systematic_resample,
)

DRAWS = 10_000
LEVEL = 0.01  # of all tests that count together
COST = 2.0  # under metre, after twenty minutes of training
CONSTRAINED = ("syntax", "metre")
_NOTE = re.compile(r"([A-Ga-g])([,']*)")
_RARE = 20  # a value that two samples have less often is counted among the others
_LINE = "{:<8}{:<11}{:>7}{:>7}{:>6}{:>10}  "


@dataclass(frozen=True, slots=True)
class _Draws:
    """Texts drawn in one way, and from how many draws; `effective` is the effective sample size."""

    way: str
    texts: list[str]
    drawn: int
    cost: float
    effective: float


def main(arguments: list[str]) -> bool:
    run = RunDirectory.open(Path(arguments[0]))
    count = int(arguments[1]) if arguments[1:] else DRAWS
    configure_threads(SamplingConfig().batch_size)
    tf.get_logger().setLevel("ERROR")  # each sampler has a graph of its own, which it warns of
    sampler, decode = (
        partial(_sampler_of, run.load_network(), run.vocabulary),
        run.vocabulary.decode,
    )
    constraints = {name: CONSTRAINTS.find(name)(run.vocabulary) for name in CONSTRAINED}
    restarted = {
        name: _restarted(sampler(1, constraint, "reject"), count, decode)
        for name, constraint in constraints.items()
    }
    free = sampler(0).sample(max(draws.drawn for draws in restarted.values()))
    print(_LINE.format("", "", "drawn", "kept", "cost", "effective") + " ".join(_NAMES))
    reached = True
    for name, constraint in constraints.items():
        plain = _rejected(constraint, free, decode)
        again = _restarted(sampler(0, constraint, "reject"), len(plain.texts) // 10, decode)
        masked = sampler(2, constraint).sample(count)
        print(_head(name, plain))
        _print_tests(plain, _masked(masked, decode))
        passed = [
            _print_tests(plain, restarted[name]),
            _print_tests(plain, _resample_masked(masked, decode)),
        ]
        is_same = again.texts == plain.texts[: len(again.texts)]
        print(f"{'':<8}with one seed, restart keeps the tunes that rejection keeps: {is_same}")
        reached = reached and all(passed) and is_same
    return reached and restarted["metre"].cost <= COST


def _print_tests(plain: _Draws, draws: _Draws) -> bool:
    """Whether all tests find no difference."""
    chances = _chances(plain, draws)
    print(_head("", draws) + " ".join(map(_shown_chance, _NAMES, chances)), flush=True)
    return min(chances) >= LEVEL / _TESTS


def _sampler_of(
    network: Network,
    vocabulary: Vocabulary,
    seed: int,
    constraint: Constraint | None = None,
    use: ConstraintUse = "mask",
) -> Sampler:
    config = SamplingConfig(seed=seed)
    return Sampler.of(network, vocabulary, config, constraint=constraint, use=use)


Decode = Callable[[NDArray[np.int32]], str]


def _restarted(sampler: Sampler, count: int, decode: Decode) -> _Draws:
    """So many tunes of a sampler that rejects."""
    waiting: dict[int, SampledTokens] = {}
    draws: list[SampledTokens] = []
    kept: list[SampledTokens] = []
    for finished in sampler.finished(2**31 - 1, count):
        waiting.update(finished)
        while len(draws) in waiting and len(kept) < count:
            draw = waiting.pop(len(draws))
            draws.append(draw)
            if draw.finished and draw.mask_nats == 0:
                kept.append(draw)
        if len(kept) == count:
            break
    return _kept_draws("restart", kept, draws, decode)


def _rejected(constraint: Constraint, free: list[SampledTokens], decode: Decode) -> _Draws:
    """The free draws that a constraint accepts."""
    accepted = _accepts(constraint, free)
    kept = [draw for draw, is_accepted in zip(free, accepted, strict=True) if is_accepted]
    return _kept_draws("rejection", kept, free, decode)


def _kept_draws(
    way: str, kept: list[SampledTokens], draws: list[SampledTokens], decode: Decode
) -> _Draws:
    cost = _count_characters(draws) / _count_characters(kept)
    return _Draws(way, [decode(draw.tokens) for draw in kept], len(draws), cost, len(kept))


def _masked(draws: list[SampledTokens], decode: Decode) -> _Draws:
    return _kept_draws("mask alone", draws, draws, decode)


def _resample_masked(draws: list[SampledTokens], decode: Decode) -> _Draws:
    weights = importance_weights(np.array([draw.mask_nats for draw in draws]))
    kept = [draws[index] for index in systematic_resample(weights, 0.5).tolist()]
    texts = [decode(draw.tokens) for draw in kept]
    cost = _count_characters(draws) / _count_characters(kept)
    return _Draws("resample", texts, len(draws), cost, effective_sample_size(weights))


def _count_characters(draws: list[SampledTokens]) -> int:
    return sum(len(draw.tokens) + 1 for draw in draws)


def _accepts(constraint: Constraint, draws: list[SampledTokens]) -> NDArray[np.bool_]:
    """Whether a constraint allows each token of each tune, and its end."""
    lengths = np.array([len(draw.tokens) for draw in draws])
    texts = np.full((len(draws), lengths.max() + 2), BOUNDARY, np.int32)
    for text, draw in zip(texts, draws, strict=True):
        text[1 : len(draw.tokens) + 1] = draw.tokens
    accepted = np.zeros(len(draws), np.bool_)
    rows = np.flatnonzero([draw.finished for draw in draws])
    states = np.zeros(len(rows), np.int64)
    for column in range(texts.shape[1] - 1):
        tokens, following = texts[rows, column], texts[rows, column + 1]
        left = np.full(len(rows), 1 << 20, np.int32)
        found, mask = constraint.step(*map(tf.constant, (states, tokens, left)))
        allowed = mask.numpy()[np.arange(len(rows)), following]
        accepted[rows[allowed & (following == BOUNDARY)]] = True
        goes_on = allowed & (following != BOUNDARY)
        rows, states = rows[goes_on], found.numpy()[goes_on]
        if not len(rows):
            break
    return accepted


class _Measures(NamedTuple):
    """What is compared of a tune; heights are in steps of the scale, as written."""

    characters: int
    bars: int
    repeats: int
    notes: int
    range: int
    height: float
    metre: str
    key: str
    first_note: int
    last_note: int

    @classmethod
    def of(cls, text: str) -> _Measures:
        key, _, music = text.partition("K:")[2].partition("\n")
        heights = [
            "CDEFGABcdefgab".index(letter) + 7 * (octave.count("'") - octave.count(","))
            for letter, octave in _NOTE.findall(music)
        ]
        return cls(
            characters=len(text),
            bars=text.count("|"),
            repeats=text.count(":|") + text.count("::"),
            notes=len(heights),
            range=max(heights) - min(heights),
            height=sum(heights) / len(heights),
            metre=text.partition("M:")[2].partition("\n")[0],
            key=key,
            first_note=heights[0],
            last_note=heights[-1],
        )


_NAMES = _Measures._fields
_NUMBERS = _NAMES.index("metre")  # the first so many measures
_TESTS = len(CONSTRAINED) * 2 * len(_NAMES)  # of restart and resample


def _chances(plain: _Draws, draws: _Draws) -> list[float]:
    """For each measure, the p-value of a test that both ways of drawing have one distribution."""
    plain_columns, columns = (
        list(zip(*map(_Measures.of, each.texts), strict=True)) for each in (plain, draws)
    )
    return [
        (_ks_test if number < _NUMBERS else _chi_square_test)(left, right, draws.effective)
        for number, (left, right) in enumerate(zip(plain_columns, columns, strict=True))
    ]


def _ks_test(plain: Sequence[float], found: Sequence[float], effective: float) -> float:
    size = len(plain) * effective / (len(plain) + effective)
    distance = ks_2samp(plain, found, method="asymp").statistic
    return float(kolmogorov(distance * np.sqrt(size)))


def _chi_square_test(plain: Sequence[object], found: Sequence[object], effective: float) -> float:
    first, second, scale = Counter(plain), Counter(found), effective / len(found)
    counts = [(first[value], second[value] * scale) for value in first | second]
    common = [pair for pair in counts if sum(pair) >= _RARE]
    rare = [pair for pair in counts if sum(pair) < _RARE]
    table = [*common, np.sum(rare, axis=0)] if rare else common
    return float(chi2_contingency(table).pvalue) if len(table) > 1 else 1.0


def _head(constraint: str, draws: _Draws) -> str:
    kept, effective = len(draws.texts), f"{draws.effective:,.0f}"
    return _LINE.format(constraint, draws.way, draws.drawn, kept, f"{draws.cost:.2f}", effective)


def _shown_chance(name: str, chance: float) -> str:
    return f"{chance:{len(name)}.{1 if chance < 1e-3 else 3}{'e' if chance < 1e-3 else 'f'}}"
