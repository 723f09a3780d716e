"""Generating tunes with a trained run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.grammar.parsing.parser import MAX_CHARACTERS
from tuneloom.model.constraints.catalogue import CONSTRAINTS
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.network import Network, NetworkState
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import Tensor, compile_graph, tf
from tuneloom.model.runtime.interrupts import InterruptFlag
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generated import GeneratedTune, GenerationResult, StreamedText
from tuneloom.model.sampling.prompts import Prompts
from tuneloom.model.sampling.request import EncodedPrompts, GenerationRequest, encoded_prompts
from tuneloom.model.sampling.sampler import SampledTokens, Sampler, StreamedTokens
from tuneloom.model.sampling.token_choice import log_probs
from tuneloom.model.score.statistics.resampling import (
    effective_sample_size,
    importance_weights,
    systematic_resample,
)
from tuneloom.model.score.tunes.verdict import judge_tune

__all__ = ["MAX_REJECTED_IN_A_ROW", "generate_tunes", "stream"]

MAX_REJECTED_IN_A_ROW = 2000
"""Rejection gives up after this many."""
_STEPS_AT_ONCE = 4096
"""Steps of a prompt in one graph, so that a long one takes no more memory than a short one."""


def generate_tunes(
    run: RunDirectory,
    config: SamplingConfig,
    request: GenerationRequest,
    report: Callable[[int], None] | None = None,
) -> GenerationResult:
    """Generate tunes. Ctrl-C ends it early and keeps the finished tunes.

    `report` is told how many tunes there are, each time that some have ended.

    Raises:
        UsageError: the run has no network yet, or cannot write what is requested.
        RunFailed: nothing that is drawn can be kept.
    """
    sampler, prompts = _sampler(run, config, request)
    collector = _Collector(request, partial(_in_own_key, run, prompts.key))
    with InterruptFlag() as interrupt:
        for finished in sampler.finished(collector.max_draws, request.count):
            collector.add(finished)
            if report:
                report(collector.collected)
            if interrupt.is_set or collector.is_full:
                break
    result = replace(collector.result(), left_out=prompts.left_out)
    resamples = request.exact == "resample" and result.tunes
    return _resampled(result, config.seed) if resamples else result


def stream(
    run: RunDirectory, config: SamplingConfig, request: GenerationRequest
) -> tuple[Iterator[StreamedText], tuple[str, ...]]:
    """The text of the same tunes as it is drawn, one tune after the other, and what the prompt left out.

    Raises:
        UsageError: as for `generate_tunes`, or tunes that are drawn again are asked for.
    """
    if request.exact:
        raise UsageError("--stream: a tune that is shown cannot be drawn again; leave --exact out")
    if request.constraint == "reject":
        raise UsageError(
            "--stream: a tune that is shown cannot be drawn again; use another constraint"
        )
    sampler, prompts = _sampler(run, config, request)
    return _streamed_texts(run, prompts.key, sampler.streamed(request.count)), prompts.left_out


def _streamed_texts(
    run: RunDirectory, key: str, pieces: Iterable[StreamedTokens]
) -> Iterator[StreamedText]:
    for draw, of_tune in groupby(pieces, key=lambda piece: piece.draw):
        text_stream = run.spelling.stream(key)
        for piece in of_tune:
            text = text_stream.feed(run.vocabulary.decode(piece.tokens))
            if piece.has_ended:
                text += text_stream.close()
            yield StreamedText(draw + 1, text, piece.has_ended, piece.finished)


def _in_own_key(run: RunDirectory, key: str, tokens: NDArray[np.int32]) -> str:
    return run.spelling.from_network(run.vocabulary.decode(tokens), key)


def _sampler(
    run: RunDirectory, config: SamplingConfig, request: GenerationRequest
) -> tuple[Sampler, EncodedPrompts]:
    if config.max_length > MAX_CHARACTERS // 2:
        raise UsageError(f"--max-chars {config.max_length}: at most {MAX_CHARACTERS // 2}")
    constraint = _constraint(request, run.vocabulary)
    prompts = encoded_prompts(run, request, constraint, config.max_length)
    network = run.load_network()
    if request.level == "metrical" and not (network.knows_levels and run.metrical_share < 1):
        raise UsageError(
            f"--level metrical: {run.path} was not told the levels of its tunes; leave it out, "
            "use --constraint metre, or train again with the aid 'level'"
        )
    sampler = Sampler.of(
        network,
        run.vocabulary,
        config,
        _weighted_prompts(prompts.tokens, network, run.vocabulary, config.temperature),
        None if request.constraint == "reject" else constraint,
        "reject" if request.exact == "restart" else "mask",
        run.metrical_share if request.level == "parseable" else 1.0,
    )
    return sampler, prompts


def _constraint(request: GenerationRequest, vocabulary: Vocabulary) -> Constraint | None:
    """The constraint that tunes must meet, by a mask or by rejection."""
    if request.constraint == "none":
        return None
    name = "syntax" if request.constraint == "reject" else request.constraint
    return CONSTRAINTS.find(name)(vocabulary)


class _Collector:
    """Collects tunes. Rejection judges them in the order of their numbers, not as they end."""

    def __init__(
        self, request: GenerationRequest, read_tokens: Callable[[NDArray[np.int32]], str]
    ) -> None:
        self._request, self._requested, self._read_tokens = request, request.count, read_tokens
        self._rejects = request.constraint == "reject" or request.exact == "restart"
        self._waiting: dict[int, GeneratedTune] = {}
        self._tunes: dict[int, GeneratedTune] = {}
        self._drawn = self._rejected_in_a_row = self._characters_drawn = 0

    @property
    def max_draws(self) -> int:
        """The most tunes that may have to be drawn."""
        return 2**31 - 1 if self._rejects else self._requested

    @property
    def is_full(self) -> bool:
        return self.collected == self._requested

    @property
    def collected(self) -> int:
        return len(self._tunes)

    def add(self, finished: dict[int, SampledTokens]) -> None:
        """Add tunes that have ended, by number from 0."""
        for number, sampled in finished.items():
            text = self._read_tokens(sampled.tokens)
            tune = GeneratedTune(text, sampled.finished, sampled.mask_nats / math.log(2))
            (self._waiting if self._rejects else self._tunes)[number] = tune
        while self._drawn in self._waiting and not self.is_full:
            self._keep_or_reject(self._waiting.pop(self._drawn))

    def result(self) -> GenerationResult:
        tunes = {number + 1: self._tunes[number] for number in sorted(self._tunes)}
        return GenerationResult(
            tunes,
            self._requested,
            self._drawn if self._rejects else len(tunes),
            characters_drawn=self._characters_drawn,
        )

    def _keep_or_reject(self, tune: GeneratedTune) -> None:
        self._drawn += 1
        self._characters_drawn += len(tune.text) + 1
        if self._is_kept(tune):
            self._tunes[len(self._tunes)] = tune
            self._rejected_in_a_row = 0
            return
        self._rejected_in_a_row += 1
        if self._rejected_in_a_row == MAX_REJECTED_IN_A_ROW:
            raise RunFailed(_nothing_kept(self._request))

    def _is_kept(self, tune: GeneratedTune) -> bool:
        if self._request.exact:
            return tune.finished and math.isfinite(tune.mask_bits)
        return bool(judge_tune(tune.to_drawn_text()).levels)


def _nothing_kept(request: GenerationRequest) -> str:
    draws = f"none of {MAX_REJECTED_IN_A_ROW} draws in a row"
    if request.exact:
        return (
            f"--exact: --constraint {request.constraint} allows {draws}; "
            "train longer, lower --temperature or use --exact resample"
        )
    return (
        f"--constraint reject: {draws} is parseable; "
        "train longer, lower --temperature or use --constraint syntax"
    )


def _resampled(result: GenerationResult, seed: int) -> GenerationResult:
    """The tunes resampled by the weights that their cuts give them, with new numbers.

    Raises:
        RunFailed: all weights are 0.
    """
    tunes = list(result.tunes.values())
    weights = importance_weights(np.array([tune.mask_bits for tune in tunes]) * math.log(2))
    if not weights.any():
        raise RunFailed("--exact resample: every draw had to leave the nucleus; raise --top-p")
    chosen = systematic_resample(weights, np.random.default_rng(seed).random())
    resampled = {
        number: replace(tunes[index], mask_bits=0.0)
        for number, index in enumerate(chosen.tolist(), start=1)
    }
    return replace(result, tunes=resampled, effective_size=effective_sample_size(weights))


def _weighted_prompts(
    prompts: list[NDArray[np.int32]], network: Network, vocabulary: Vocabulary, temperature: float
) -> Prompts:
    """The prompts with the probabilities that the network gives them.

    So the fields before a requested one fit it: given a key, the metre is drawn from those that the
    network would write before that key.
    """
    if len(prompts) == 1:
        return Prompts.of(prompts)
    tunes = TokenizedTunes.of(np.concatenate(prompts), np.array([len(each) for each in prompts]))
    tunes = network.with_aids(tunes, vocabulary)
    rows = np.arange(len(prompts))[:, None]
    batch = tunes.at(tunes.rows(rows, (len(prompts), int(tunes.lengths.max()) + 1)))
    shared = max(1, int((batch.tokens != batch.tokens[0]).any(axis=0).argmax()))
    by_time = NetworkInputs(batch.tokens.T, batch.aids.transpose(1, 0, 2))
    state = _state_after(network, by_time, shared - 1)
    inputs = NetworkInputs(by_time.tokens[shared - 1 : -1], by_time.aids[shared - 1 : -1])
    targets = by_time.tokens[shared:]
    scores, _ = network.unroll(
        inputs, tf.nest.map_structure(partial(_repeated, len(prompts)), state)
    )
    logits = network.logits(scores, inputs)  # (time, prompts, vocabulary)
    found = tf.gather(log_probs(logits, temperature), targets, batch_dims=2).numpy()
    return Prompts.of(prompts, np.where(targets == BOUNDARY, 0.0, found).sum(axis=0))


def _state_after(network: Network, inputs: NetworkInputs, steps: int) -> NetworkState:
    """The state of one row after the first steps of inputs (time, batch), the same in all rows."""
    state = network.initial_state(1)
    unroll = compile_graph(network.unroll)
    for start in range(0, steps, _STEPS_AT_ONCE):
        part = slice(start, min(start + _STEPS_AT_ONCE, steps))
        _, state = unroll(NetworkInputs(inputs.tokens[part, :1], inputs.aids[part, :1]), state)
    return state


def _repeated(rows: int, state: Tensor) -> Tensor:
    return tf.repeat(state, rows, axis=0)
