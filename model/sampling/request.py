"""What is asked of a run, and the prompts that follow from it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.training_text.keys.one_tonic import header_key
from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import ANY_HEADER, RequestedHeader
from tuneloom.model.sampling.config import AskedLevel, ExactMethod
from tuneloom.model.sampling.prompt_texts import prompt_texts

__all__ = ["EncodedPrompts", "GenerationRequest", "encoded_prompts"]


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """How many tunes, how they begin and what they must be.

    Raises:
        UsageError: `exact` without a constraint that masks.
    """

    count: int
    prompt: str = ""
    """The beginning of every tune, in any spelling."""
    header: RequestedHeader = ANY_HEADER
    constraint: str = "none"
    """One of `constraint_choices()`: a registered constraint masks the tokens that it does not allow;
    `reject` draws unparseable tunes again."""
    prompt_name: str = "--prompt"
    """What errors call the prompt."""
    exact: ExactMethod | None = None
    """How masked tunes come to follow the network's own distribution; None leaves the bias of the mask."""
    level: AskedLevel | None = None
    """None is `metrical` if the network knows levels. `parseable` asks for all, in the shares of the
    training tunes."""

    def __post_init__(self) -> None:
        if self.exact and self.constraint == "none":
            raise UsageError("--exact: needs a --constraint, such as syntax or metre")
        if self.exact and self.constraint == "reject":
            raise UsageError("--exact: --constraint reject is exact as it is; leave --exact out")


@dataclass(frozen=True, slots=True)
class EncodedPrompts:
    """The tokens that tunes may begin with, (tokens,) each, and what was left out of the prompt."""

    tokens: list[NDArray[np.int32]]
    left_out: tuple[str, ...]
    key: str = ""
    """The key to write the tunes in, if it is not the one that the network writes them under."""


def encoded_prompts(
    run: RunDirectory, request: GenerationRequest, constraint: Constraint | None, max_length: int
) -> EncodedPrompts:
    """The beginnings that a request leaves open, as the network reads them.

    Raises:
        UsageError: no tune of at most `max_length` tokens can begin with any of them.
    """
    found = prompt_texts(run, request.prompt, request.header, request.prompt_name)
    # All have the same key if it is one that the network has not seen.
    key = header_key(found.texts[0])
    stand_in = "" if key in run.headers.keys else run.spelling.stand_in(key, run.headers.keys)
    beginnings = [
        beginning
        for text in found.texts
        for beginning in run.spelling.beginnings(text, stand_in, run.vocabulary.characters)
    ]
    known = [beginning for beginning in beginnings if not run.vocabulary.unknown(beginning)]
    if not known:
        raise UsageError(_unknown_character(request, run.vocabulary.unknown(beginnings[0])[0]))
    prompts = [run.vocabulary.encode(beginning) for beginning in known]
    needed = [
        len(prompt) + 1 if constraint is None else constraint.min_length(prompt.tolist())
        for prompt in prompts
    ]
    possible = [length for length in needed if length is not None]
    if not possible:
        assert constraint is not None
        raise UsageError(_refusal(request, run, prompts[0], constraint, key))
    if min(possible) > max_length:
        raise UsageError(
            f"--max-chars {max_length}: {request.prompt_name} and header have "
            f"{min(map(len, found.texts))} characters, and a tune that begins with them needs at least "
            f"{min(possible)}"
        )
    allowed = [
        prompt
        for prompt, length in zip(prompts, needed, strict=True)
        if length is not None and length <= max_length
    ]
    return EncodedPrompts(allowed, found.left_out, key if stand_in else "")


def _unknown_character(request: GenerationRequest, char: str) -> str:
    """Where an unknown character is in the prompt, if it is there as it is."""
    before, is_there, _ = request.prompt.partition(char)
    place = f"line {before.count(chr(10)) + 1}, column {len(before.rpartition(chr(10))[2]) + 1}: "
    return f"{request.prompt_name}: {place if is_there else ''}this run knows no {char!r}"


def _refusal(
    request: GenerationRequest,
    run: RunDirectory,
    prompt: NDArray[np.int32],
    constraint: Constraint,
    key: str,
) -> str:
    """Where the constraint refuses a prompt, in training spelling."""
    allowed = bisect_left(
        range(len(prompt)),
        True,
        key=lambda n: constraint.min_length(prompt[: n + 1].tolist()) is None,
    )
    moved = run.vocabulary.decode(prompt)
    text, before = (run.spelling.from_network(part, key) for part in (moved, moved[:allowed]))
    place = min(len(before), len(text) - 1)
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    shown = text.split("\n")[line - 1]
    return (
        f"{request.prompt_name}: --constraint {request.constraint} allows no {text[place]!r} at "
        f"column {column} of {shown!r}, as the network reads the prompt"
    )
