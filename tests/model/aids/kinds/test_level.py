"""Whether a tune is metrical is told, and holds until the next one begins."""

import numpy as np

from tests.support.aids import HEADER, read_aid
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

NOTHING, METRICAL, OTHER = 0, 1, 2


def test_tunes_are_asked_to_be_metrical_unless_another_level_is_told() -> None:
    assert set(read_aid("level", HEADER + "c8|").features[:, 0].tolist()) == {METRICAL}


def test_what_is_told_of_a_row_holds_for_that_row_alone_and_not_at_the_boundary() -> None:
    reader = AidReader(["level"], Vocabulary("A"), rows=3)
    reader.tell_level(np.array([1, 2]), np.array([False, True]))
    found = [reader.advance(np.full(3, token, np.int32))[:, 0].tolist() for token in (BOUNDARY, 1)]
    assert found == [[NOTHING] * 3, [METRICAL, OTHER, METRICAL]]


def test_training_tells_the_level_of_each_tune() -> None:
    tunes = TokenizedTunes.of(np.ones(4, np.int32), np.array([1, 3]), np.array([True, False]))
    columns = aid_columns(["level"], Vocabulary("A"), tunes)
    assert columns[:, 0].tolist() == [METRICAL, NOTHING, OTHER, OTHER, OTHER, NOTHING]
    swapped = aid_columns(["level"], Vocabulary("A"), tunes.take(np.array([1, 0])))
    assert swapped[:, 0].tolist() == [OTHER, OTHER, OTHER, NOTHING, METRICAL, NOTHING]
