"""Tunes that a page composes: whether they are those of `generate`, valid, and how fast, in Node on one core.

Arguments: RUN, DATA and the number of tunes under each constraint (default: 1,000). Draws of 200 tunes are
compared with float32 weights, which should be the same characters, and with float16 ones, which a page has.
What float16 costs is measured on the validation split of DATA. Speeds are of the run's network, and of a new
one with 512 units.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.support.composing import run_composer
from tuneloom.model.data.split import read_split, tokenize_tunes
from tuneloom.model.network.build import build_network
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generate import generate_tunes
from tuneloom.model.sampling.generated import GeneratedTune
from tuneloom.model.sampling.request import GenerationRequest
from tuneloom.model.score.tunes.verdict import judge_tune
from tuneloom.model.training.evaluation import Evaluator
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.web.composer.data import ComposerData, composer_data
from tuneloom.web.composer.packed import WeightPrecision, rounded

COMPARED = 200
LEAST_SPEED = {256: 1000, 512: 300}
DRAW = """
const composer = new TuneloomComposer.Composer(input.data);
[...composer.draw({ draw: input.count + 1 })]; // compiled once it has run for a while
const began = performance.now();
let length = 0;
const tunes = Array.from({ length: input.count }, (_, index) => {
  const characters = [...composer.draw({ draw: index + 1, constraint: input.constraint })];
  length += characters.length + 1;
  return composer.text(characters.join(""));
});
return { tunes, speed: (1000 * length) / (performance.now() - began) };
"""


def main(arguments: list[str]) -> bool:
    path, data_set, *rest = arguments
    run = RunDirectory.open(Path(path))
    count = int(rest[0]) if rest else 1000
    data = composer_data(run, "float32")
    reached = True
    for constraint in ("none", "syntax", "metre"):
        expected = _tunes_of_generate(run, constraint)
        for precision in ("float32", "float16"):
            found = _composed(composer_data(run, precision), constraint, COMPARED)["tunes"]
            same = sum(map(str.__eq__, expected, found))
            reached = reached and (precision == "float16" or same == COMPARED)
            print(f"{constraint:<7} {precision}  {same} of {COMPARED} as `generate` draws them")
    _print_losses(run, Path(data_set))
    for constraint, level in (("syntax", "parseable"), ("metre", "metrical")):
        drawn = _composed(composer_data(run), constraint, count)
        verdicts = [
            judge_tune(GeneratedTune(text, True).to_drawn_text()).levels for text in drawn["tunes"]
        ]
        valid = sum(level in levels for levels in verdicts)
        reached = reached and valid == count
        print(f"{constraint:<7} {valid:,} of {count:,} {level}, {drawn['speed']:,.0f} chars/s")
    return _reaches_speeds(run, data) and reached


def _composed(data: ComposerData, constraint: str, count: int) -> Any:
    return run_composer(DRAW, {"data": data, "constraint": constraint, "count": count})


def _tunes_of_generate(run: RunDirectory, constraint: str) -> list[str]:
    result = generate_tunes(
        run, SamplingConfig(), GenerationRequest(COMPARED, constraint=constraint)
    )
    return [tune.text for tune in result.tunes.values()]


def _print_losses(run: RunDirectory, data_set: Path) -> None:
    for precision in ("float32", "float16"):
        network = _network_rounded(run, precision)
        print(f"{precision}  {_bits_a_tune(run, network, data_set):.6f} bits a tune, validation")


def _network_rounded(run: RunDirectory, precision: WeightPrecision) -> Network:
    network = run.load_network()
    network.model.set_weights([rounded(each, precision) for each in network.model.get_weights()])
    return network


def _bits_a_tune(run: RunDirectory, network: Network, data_set: Path) -> float:
    split = read_split(data_set, Manifest.load(data_set), "validation")
    texts = [run.spelling.to_network(text) for text in split.texts]
    tunes = network.with_aids(tokenize_tunes(texts, run.vocabulary, data_set), run.vocabulary)
    return Evaluator(network, run.config, run.metrical_share).bits(tunes).per_tune


def _reaches_speeds(run: RunDirectory, data: ComposerData) -> bool:
    speeds = {run.config.units: _composed(data, "none", 20)["speed"]}
    with tempfile.TemporaryDirectory() as folder:
        wide = replace(run, path=Path(folder), config=replace(run.config, units=512))
        wide.create()
        wide.save_network(build_network(wide.config, run.vocabulary.size))
        wide_data = {**composer_data(wide, "float32"), "max_length": 500}
        speeds[512] = run_composer(DRAW, {"data": wide_data, "constraint": "none", "count": 10})[
            "speed"
        ]
    for units, speed in speeds.items():
        print(f"{units} units, {speed:,.0f} chars/s   target {LEAST_SPEED.get(units, 0):,}")
    return all(speed >= LEAST_SPEED.get(units, 0) for units, speed in speeds.items())
