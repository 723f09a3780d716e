from collections.abc import Callable

import pytest

from tests.support.planted_copies import DISGUISES
from tests.support.tunes import parse_tune
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import repairs
from tuneloom.model.score.music.bar_contents import bar_contents, bar_order
from tuneloom.model.score.music.fingerprints import tune_fingerprints
from tuneloom.model.score.similarity.training_overlap import training_overlaps
from tuneloom.model.score.tunes.analysis import features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures

JIG = "M:6/8\nL:1/8\nK:D\n|:A|dff cee|def g3|1 dff c2B|Add d2:|2 dff efe|d3 d2|]\n"
REEL = "M:4/4\nL:1/8\nK:Em\n|:EDB,D E2FG|B2AF DEFA|BAFB d2ef|1 gfed B2BA:|2 gfed BAFD|]\n"
OTHER = "M:6/8\nL:1/8\nK:D\nd3 A3|F3 D3|G2B B2G|F6|\n"


def features(*texts: str) -> list[TuneFeatures]:
    return [tune for tune in features_of_texts(texts, "melody") if tune]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_copy_in_disguise_is_found_and_no_other_tune(disguise: str) -> None:
    hidden = [DISGUISES[disguise](text) for text in (JIG, REEL)]
    assert all(text not in (JIG, REEL) for text in hidden)
    found = training_overlaps(features(*hidden, OTHER), features(JIG, REEL))
    assert [overlap.copy for overlap in found] == [True, True, False]


def test_several_disguises_at_once_hide_nothing() -> None:
    text = JIG
    for disguise in reversed(DISGUISES.values()):
        text = disguise(text)
    (found,) = training_overlaps(features(text), features(JIG))
    assert found.copy


def test_another_note_or_length_is_no_copy() -> None:
    changed = JIG.replace("c2B", "c2A"), JIG.replace("c2B", "cB2")
    assert not any(o.copy for o in training_overlaps(features(*changed), features(JIG)))


def test_few_notes_have_no_print() -> None:
    tune = parse_tune("X:1\nT:\nM:4/4\nL:1/4\nK:D\nABcd|d2c|\n")
    assert tune_fingerprints(bar_contents(tune), bar_order(tune)) == ()


def test_real_copies_in_disguise_are_found(real_tunes: Callable[[str], list[RawTune]]) -> None:
    texts = [each.text for raw in real_tunes("irish")[:30] for each in features(_body(raw.text))]
    for disguise in DISGUISES.values():
        overlaps = training_overlaps(features(*map(disguise, texts)), features(*texts))
        assert all(overlap.copy for overlap in overlaps)
        assert len(overlaps) == len(texts) >= 25


def _body(text: str) -> str:
    """A tune without X: and T:, after safe repairs."""
    repaired = repairs.repair(text, 1, "").text
    return "".join(line for line in repaired.splitlines(True) if line[:2] not in ("X:", "T:"))
