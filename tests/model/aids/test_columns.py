"""The columns of whole tunes are those of a reader, step by step."""

import numpy as np
import pytest

from tuneloom.model.aids import columns as module
from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

TUNES = (
    "R:jig\nM:6/8\nL:1/8\nK:D\nA|dfa d2f|gba g2e|\n(3ABc d2 A2B|c3-c2:|\n",
    "M:4/4\nL:1/8\nK:Gm\nB>c d2 [K:D]^c4|z4 [DA]4|]\n",
    "M:2/4\nL:1/8\nK:C\nc4|\n",
)
VOCABULARY = Vocabulary("".join(sorted(set("".join(TUNES)))))


@pytest.fixture
def tunes() -> TokenizedTunes:
    lengths = np.array([len(tune) for tune in TUNES])
    return TokenizedTunes.of(VOCABULARY.encode("".join(TUNES)), lengths)


@pytest.mark.parametrize("rows", [1, 2, 4096])
def test_they_are_what_a_reader_says_however_many_are_read_at_once(
    rows: int, tunes: TokenizedTunes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_ROWS", rows)
    reader = AidReader(AIDS.names, VOCABULARY, rows=1)
    stepped = np.concatenate([reader.advance(token[None]) for token in tunes.tokens])
    np.testing.assert_array_equal(aid_columns(AIDS.names, VOCABULARY, tunes), stepped)


def test_the_boundary_after_a_tune_has_the_values_of_a_beginning(tunes: TokenizedTunes) -> None:
    columns = aid_columns(AIDS.names, VOCABULARY, tunes)
    beginning = AidReader(AIDS.names, VOCABULARY, rows=1).advance(np.array([BOUNDARY], np.int32))
    np.testing.assert_array_equal(columns[tunes.ends - 1], np.repeat(beginning, len(tunes), axis=0))


def test_without_aids_there_are_no_columns(tunes: TokenizedTunes) -> None:
    assert aid_columns([], VOCABULARY, tunes).shape == (len(tunes.tokens), 0)
