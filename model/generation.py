"""Tunes from a trained run, and the tunebook they are written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grammar.errors import UsageError
from model.rundir import RunDirectory
from model.sampling import Sampler
from model.vocabulary import Vocabulary

__all__ = ["Draw", "generate", "tunebook"]


@dataclass(frozen=True, slots=True)
class Draw:
    """What the network wrote for one tune: training text, without X: and T:."""

    text: str
    finished: bool
    """Whether the network ended the tune by itself before the cap."""


def generate(run: RunDirectory, sampler: Sampler, count: int, prompt: str = "") -> list[Draw]:
    """Draw `count` tunes, each of which starts with the text of `prompt`.

    Raises UsageError if the run has no network yet, or knows a character of the prompt not at all.
    """
    primer = run.vocabulary.encode(_known(prompt, run.vocabulary))
    if len(primer) >= sampler.longest:
        raise UsageError(
            f"--prompt has {len(primer)} characters; --max-chars must be more than that"
        )
    network = run.load_network()
    drawn = sampler.draw(network.stepper(), network.fresh_states, count, primer)
    return [Draw(run.vocabulary.decode(draw.tokens), draw.finished) for draw in drawn]


def tunebook(draws: Sequence[Draw], run: RunDirectory, sampler: Sampler) -> str:
    """The draws as a tunebook, with marks that tell a score what the network itself wrote."""
    header = (
        f"%%tuneloom draws {len(draws)}\n"
        f"%%tuneloom model {run.name}, temperature {sampler.temperature}, seed {sampler.seed}\n"
    )
    tunes = [_tune(number, draw, run.name) for number, draw in enumerate(draws, start=1)]
    return "\n".join([header, *tunes])


def _tune(number: int, draw: Draw, name: str) -> str:
    mark = "" if draw.finished else "%%tuneloom unfinished\n"
    end = "" if draw.text.endswith("\n") else "\n"
    return f"%%tuneloom draw {number}\nX:{number}\nT:{name}, {number}\n{mark}{draw.text}{end}"


def _known(prompt: str, vocabulary: Vocabulary) -> str:
    if unknown := vocabulary.unknown(prompt):
        listed = " ".join(repr(char) for char in unknown)
        raise UsageError(f"--prompt: this run knows no {listed}; a tune begins like 'M:6/8'")
    return prompt
