"""Whether copies of training tunes are found in another key, octave or length, or with repeats written out.

Each of 300 tunes of the training split, chosen at random but always the same, is planted in each disguise. A
disguise that leaves a text as it is is not counted. As many
tunes of the validation split are no copies. Arguments: the number of tunes and DIR.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.support.data_sets import mixed_data_set
from tests.support.planted_copies import DISGUISES
from tuneloom.model.score.music.fingerprints import MIN_NOTES
from tuneloom.model.score.similarity.training_overlap import training_overlaps
from tuneloom.model.score.statistics.subsample import fixed_sample
from tuneloom.model.score.tunes.analysis import features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures
from tuneloom.pipeline.dataset.reader import read_records

TUNES = 300


def main(arguments: list[str]) -> bool:
    count = int(arguments[0]) if arguments else TUNES
    data = Path(arguments[1]) if arguments[1:] else mixed_data_set()
    texts = [record.abc for record in read_records(data, "train")]
    training = [
        tune for tune in _features_of(fixed_sample(texts, count)) if len(tune.steps) >= MIN_NOTES
    ]
    found_all = True
    for name, disguise in DISGUISES.items():
        changed = [new for tune in training if (new := disguise(tune.text)) != tune.text]
        found = sum(overlap.copy for overlap in training_overlaps(_features_of(changed), training))
        print(f"{name:<20} found {found} of {len(changed)}")
        found_all = found_all and found == len(changed)
    others = _features_of([record.abc for record in read_records(data, "validation")][:count])
    wrong = sum(overlap.copy for overlap in training_overlaps(others, training))
    print(f"{'validation tunes':<20} found {wrong} of {len(others)}")
    return found_all and not wrong


def _features_of(texts: Sequence[str]) -> list[TuneFeatures]:
    return [tune for tune in features_of_texts(texts, "melody") if tune]
