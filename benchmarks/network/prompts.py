"""Forty spellings of prompts under each constraint: whether a run takes them, and what it makes of them.

Arguments: RUN and the number of tunes (default: 300). A spelling is taken if the network reads the same
tokens as for the training spelling, so that it draws the same tunes; these are drawn once for each training
spelling and constraint. Each line has a training spelling, how many spellings were taken of those that become
it, and the percentages of the tunes that are parseable.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.support.spellings import SPELLINGS
from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.catalogue import CONSTRAINTS
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.threads import configure_threads
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generate import generate_tunes
from tuneloom.model.sampling.request import GenerationRequest, encoded_prompts
from tuneloom.model.score.tunes.verdict import judge_tune

DRAWS = 300
_NAMES = "none", "syntax", "metre"
_LINE = "{:<44}{:>10}" + len(_NAMES) * "{:>8}"


def main(arguments: list[str]) -> bool:
    path, *rest = arguments
    count = int(rest[0]) if rest else DRAWS
    run = RunDirectory.open(Path(path))
    configure_threads(run.config.batch_size)
    faults = {name: _spelling_faults(run, name) for name in _NAMES}
    print(_LINE.format("read as", "taken", *_NAMES))
    for canonical in dict.fromkeys(each.canonical for each in SPELLINGS):
        own = [each.written for each in SPELLINGS if each.canonical == canonical]
        taken = sum(not any(written in faults[name] for name in _NAMES) for written in own)
        shares = (_parseable_share(run, canonical, name, count) for name in _NAMES)
        cells = f"{taken} of {len(own)}", *(f"{share:.1f}%" for share in shares)
        print(_LINE.format(repr(canonical), *cells), flush=True)
    for name, found in faults.items():
        for written, fault in found.items():
            print(f"--constraint {name}: {written!r}: {fault}")
    return not any(faults.values())


def _spelling_faults(run: RunDirectory, name: str) -> Mapping[str, str]:
    """What is wrong with spellings that are refused under a constraint, or read as something else."""
    constraint = None if name == "none" else CONSTRAINTS.find(name)(run.vocabulary)

    def read(prompt: str) -> list[str]:
        request = GenerationRequest(1, prompt=prompt, constraint=name)
        found = encoded_prompts(run, request, constraint, SamplingConfig().max_length)
        return list(map(run.vocabulary.decode, found.tokens))

    faults: dict[str, str] = {}
    for spelling in SPELLINGS:
        try:
            texts = read(spelling.written)
        except UsageError as error:
            faults[spelling.written] = str(error)
        else:
            if texts != read(spelling.canonical):
                faults[spelling.written] = f"read as {texts}"
    return faults


def _parseable_share(run: RunDirectory, prompt: str, name: str, count: int) -> float:
    """The percentage of tunes that begin with the prompt and are parseable."""
    request = GenerationRequest(count, prompt=prompt, constraint=name)
    tunes = generate_tunes(run, SamplingConfig(), request).tunes.values()
    return 100 * sum("parseable" in judge_tune(t.to_drawn_text()).levels for t in tunes) / count
