import numpy as np

from tuneloom.model.aids.catalogue import DEFAULT_AIDS
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import Vocabulary

TUNES = (
    "R:jig\nM:6/8\nL:1/8\nK:D\nA|dfa d2f|gba g2e|\n(3ABc d2 A2B|c3-c2:|\n",
    "M:4/4\nL:1/8\nK:Gm\nB>c d2 [K:D]^c4|z4 [DA]4|]\n",
)


def test_the_columns_of_tunes_are_what_a_reader_says_step_by_step() -> None:
    vocabulary = Vocabulary("".join(sorted(set("".join(TUNES)))))
    tokens = vocabulary.encode("".join(TUNES))
    tunes = TokenizedTunes.of(tokens, np.array([len(tune) for tune in TUNES]))
    columns = aid_columns(DEFAULT_AIDS, vocabulary, tunes)
    reader = AidReader(DEFAULT_AIDS, vocabulary, rows=1)
    stepped = np.concatenate(
        [reader.advance(tunes.tokens[i : i + 1]) for i in range(len(tokens) + 2)]
    )
    np.testing.assert_array_equal(columns, stepped)
