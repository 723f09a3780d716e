"""What is asked of a run, and the prompts that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import ANY_HEADER, RequestedHeader

__all__ = ["GenerationRequest", "encoded_prompts"]


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """How many tunes, how they begin and what they must be."""

    count: int
    prompt: str = ""
    """The beginning of every tune."""
    header: RequestedHeader = ANY_HEADER
    constraint: str = "none"
    """One of `constraint_choices()`: a registered constraint masks the tokens that it does not allow;
    `reject` draws unparseable tunes again."""


def encoded_prompts(
    run: RunDirectory, request: GenerationRequest, constraint: Constraint | None, max_length: int
) -> list[NDArray[np.int32]]:
    """The tokens that tunes may begin with, (tokens,) each.

    Raises:
        UsageError: no tune of at most `max_length` tokens can begin with any of them.
    """
    texts = list(_prompt_texts(run, request))
    if not texts:
        raise UsageError(
            "--prompt: does not agree with the requested header; leave one of them out"
        )
    prompts = [run.vocabulary.encode(text) for text in texts]
    needed = [
        len(prompt) + 1 if constraint is None else constraint.min_length(prompt.tolist())
        for prompt in prompts
    ]
    possible = [length for length in needed if length is not None]
    if not possible:
        raise UsageError("--prompt: no tune begins like that; a tune begins like 'M:6/8'")
    if min(possible) > max_length:
        raise UsageError(
            f"--max-chars {max_length}: --prompt and header have {min(map(len, prompts))} "
            f"characters, and a tune that begins with them needs at least {min(possible)}"
        )
    return [
        prompt
        for prompt, length in zip(prompts, needed, strict=True)
        if length is not None and length <= max_length
    ]


def _prompt_texts(run: RunDirectory, request: GenerationRequest) -> Iterator[str]:
    """The prompt, or the requested headers that agree with it."""
    prompt = request.prompt
    if unknown := run.vocabulary.unknown(prompt):
        listed = " ".join(repr(char) for char in unknown)
        raise UsageError(f"--prompt: this run knows no {listed}; a tune begins like 'M:6/8'")
    if not request.header.fields():
        yield prompt
        return
    headers = run.headers.prompts(request.header)
    if any(prompt.startswith(header) for header in headers):
        yield prompt
        return
    yield from (header for header in headers if header.startswith(prompt))
