"""Tunes from a trained run: how they begin, what they keep to, and when there are enough of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.grammar.parsing.parser import MAX_CHARACTERS
from tuneloom.model.constraints.catalogue import CONSTRAINTS
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import NO_CONDITIONS, Conditions
from tuneloom.model.runtime.backend import tf
from tuneloom.model.runtime.interrupts import Interrupts
from tuneloom.model.sampling.prompts import Openings
from tuneloom.model.sampling.sampler import Drawer, Drawn, Sampler
from tuneloom.model.sampling.token_choice import tempered
from tuneloom.model.score.tunes.tune_set import DrawnText as Judged
from tuneloom.model.score.tunes.verdict import judge_tune

__all__ = ["Draw", "Generated", "Request", "generate"]

_HOPELESS = 2000
"""Draws rejected in a row after which there is no use in going on."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a run besides the settings of the sampler."""

    count: int
    prompt: str = ""
    """How every tune begins."""
    conditions: Conditions = NO_CONDITIONS
    constraint: str = "none"
    """One of `constraint_choices()`: a registered constraint masks the tokens that it does not allow;
    `reject` draws unparseable tunes again."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What the network wrote for one tune: training text, without X: and T:."""

    text: str
    finished: bool
    """Whether the network ended the tune by itself before the cap."""
    cut: float = 0.0
    """In bits, how much likelier a mask has made the tune; 0 without one."""

    def to_judge(self) -> Judged:
        """The draw as the score reads it back from a tunebook."""
        return Judged(self.text.rstrip("\n"), self.finished)


@dataclass(frozen=True, slots=True)
class Generated:
    """Tunes by their numbers from 1, in order; some are missing if the user broke off."""

    tunes: dict[int, Draw]
    asked: int
    drawn: int
    """How many draws were made for them, those rejected among them."""

    @property
    def draws(self) -> list[Draw]:
        return list(self.tunes.values())

    @property
    def partial(self) -> bool:
        return len(self.tunes) < self.asked


def generate(run: RunDirectory, sampler: Sampler, request: Request) -> Generated:
    """Draw tunes; Ctrl-C ends it early, with the tunes that are finished.

    Raises UsageError if the run has no network yet, or cannot write what is asked for, and RunFailed
    if rejection finds nothing to keep.
    """
    if sampler.longest > MAX_CHARACTERS // 2:
        raise UsageError(f"--max-chars {sampler.longest}: at most {MAX_CHARACTERS // 2}")
    language = _language(request, run.vocabulary)
    primers = _primers(run, sampler, request, language)
    network = run.load_network()
    drawer = Drawer(
        sampler,
        network.stepper,
        network.fresh_states,
        _openings(primers, network, sampler.temperature),
        None if request.constraint == "reject" else language,
    )
    kept = _Kept(request, run.vocabulary)
    with Interrupts() as interrupts:
        for finished in drawer.finished(kept.horizon):
            kept.take(finished)
            if interrupts.noticed or kept.is_full:
                break
    return kept.generated()


def _language(request: Request, vocabulary: Vocabulary) -> Constraint | None:
    """What draws must be, whether a mask sees to it or rejection."""
    if request.constraint == "none":
        return None
    name = "syntax" if request.constraint == "reject" else request.constraint
    return CONSTRAINTS.find(name)(vocabulary)


class _Kept:
    """The tunes kept so far. What is rejected depends on the order of draws, not on that of ends."""

    def __init__(self, request: Request, vocabulary: Vocabulary) -> None:
        self._asked, self._vocabulary = request.count, vocabulary
        self._rejects = request.constraint == "reject"
        self._waiting: dict[int, Draw] = {}
        self._tunes: dict[int, Draw] = {}
        self._drawn = self._in_vain = 0

    @property
    def horizon(self) -> int:
        """How many draws may be needed."""
        return 2**31 - 1 if self._rejects else self._asked

    @property
    def is_full(self) -> bool:
        return len(self._tunes) == self._asked

    def take(self, finished: dict[int, Drawn]) -> None:
        for number, drawn in finished.items():
            text = self._vocabulary.decode(drawn.tokens)
            draw = Draw(text, drawn.finished, drawn.cut / math.log(2))
            (self._waiting if self._rejects else self._tunes)[number] = draw
        while self._drawn in self._waiting and not self.is_full:
            self._judge(self._waiting.pop(self._drawn))

    def generated(self) -> Generated:
        tunes = {number + 1: self._tunes[number] for number in sorted(self._tunes)}
        return Generated(tunes, self._asked, self._drawn if self._rejects else len(tunes))

    def _judge(self, draw: Draw) -> None:
        self._drawn += 1
        if judge_tune(draw.to_judge()).levels:
            self._tunes[len(self._tunes)] = draw
            self._in_vain = 0
            return
        self._in_vain += 1
        if self._in_vain == _HOPELESS:
            raise RunFailed(
                f"--constraint reject: none of {_HOPELESS} draws in a row is parseable; train "
                "longer, lower --temperature or use --constraint syntax"
            )


def _primers(
    run: RunDirectory, sampler: Sampler, request: Request, language: Constraint | None
) -> list[NDArray[np.int32]]:
    """The tokens that tunes may begin with; UsageError if none can be the beginning of one."""
    texts = list(_beginnings(run, request))
    if not texts:
        raise UsageError("--prompt: does not go with the header that is asked for; leave one out")
    primers = [run.vocabulary.encode(text) for text in texts]
    needs = [len(p) + 1 if language is None else language.min_length(p.tolist()) for p in primers]
    possible = [need for need in needs if need is not None]
    if not possible:
        raise UsageError("--prompt: no tune begins so; a tune begins like 'M:6/8'")
    if min(possible) > sampler.longest:
        raise UsageError(
            f"--max-chars {sampler.longest}: --prompt and header have "
            f"{min(map(len, primers))} characters, and a tune that begins so needs {min(possible)}"
        )
    return [p for p, need in zip(primers, needs, strict=True) if need and need <= sampler.longest]


def _beginnings(run: RunDirectory, request: Request) -> Iterator[str]:
    """The texts that tunes may begin with: the prompt, and headers that it agrees with."""
    prompt = request.prompt
    if unknown := run.vocabulary.unknown(prompt):
        listed = " ".join(repr(char) for char in unknown)
        raise UsageError(f"--prompt: this run knows no {listed}; a tune begins like 'M:6/8'")
    if not request.conditions.fields():
        yield prompt
        return
    openings = run.headers.openings(request.conditions)
    if any(prompt.startswith(opening) for opening in openings):
        yield prompt
        return
    yield from (opening for opening in openings if opening.startswith(prompt))


def _openings(primers: list[NDArray[np.int32]], network: Network, temperature: float) -> Openings:
    """Several beginnings are drawn by the odds that the network itself gives them.

    So a field is right for one that comes behind it: a key is asked for, and the metre before it is
    drawn from those that the network would write before that key.
    """
    if len(primers) == 1:
        return Openings.of(primers)
    widest = max(map(len, primers))
    tokens = np.full((len(primers), widest + 1), BOUNDARY, np.int32)
    for row, primer in zip(tokens, primers, strict=True):
        row[1 : len(primer) + 1] = primer
    odds = tempered(network.over_rows(tokens[:, :-1]), temperature)  # (primers, time, vocabulary)
    found = tf.gather(odds, tokens[:, 1:], batch_dims=2).numpy()  # (primers, time)
    log_odds = np.where(tokens[:, 1:] == BOUNDARY, 0.0, found).sum(axis=1)
    return Openings.of(primers, log_odds)
