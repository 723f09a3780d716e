"""Matches of the music with itself, row by row."""

import numpy as np

from tests.support.aids import HEADER
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.aids.reading.recent import MAX_LAG
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

VOCABULARY = Vocabulary("".join(sorted({*HEADER, *"abcdefg|"})))


def test_a_match_does_not_come_from_before_the_tune_though_another_row_is_longer() -> None:
    music = "cdef gabc|" * 3
    long_then_short = [BOUNDARY, *VOCABULARY.encode(HEADER + music), BOUNDARY]
    short_then_long = [BOUNDARY, *VOCABULARY.encode("M:4/4\n" * 8 + HEADER + music[:20] + "\n")]
    steps = len(short_then_long)
    rows = np.full((steps, 2), BOUNDARY, np.int32)
    rows[: len(long_then_short), 0] = long_then_short[:steps]
    rows[:, 1] = short_then_long
    reader, alone = AidReader(["echo"], VOCABULARY, 2), AidReader(["echo"], VOCABULARY, 1)
    for tokens in rows:
        np.testing.assert_array_equal(reader.advance(tokens)[1:], alone.advance(tokens[1:]))


def test_one_long_row_among_many_short_ones_is_read_as_if_alone() -> None:
    phrase = "".join(np.random.default_rng(1).choice(list("abcdefg|"), 300))
    text = HEADER + phrase + "a" * 100 + phrase[:99] + "g" * 50 + phrase[200:]
    names = ["echo", "phase-echo"]
    reader, alone = AidReader(names, VOCABULARY, 200), AidReader(names, VOCABULARY, 1)
    rows = np.full((len(text), 200), BOUNDARY, np.int32)
    rows[-40:, 1:20] = VOCABULARY.encode(text[:40])[:, None]
    rows[:, 7] = VOCABULARY.encode(text)
    found = 0
    for tokens in rows:
        columns = alone.advance(tokens[7:8])
        np.testing.assert_array_equal(reader.advance(tokens)[7:8], columns)
        found += int(columns.any())
    assert found > 200


def test_what_is_too_far_back_is_forgotten() -> None:
    far = HEADER + "cdefgab" + "|" * (MAX_LAG - 7) + "cdef"
    assert last_candidates(far) == ["g", "", ""]
    assert last_candidates(far.replace("b|", "b||")) == ["", "", ""]


def last_candidates(text: str) -> list[str]:
    reader = AidReader(["echo"], VOCABULARY, 1)
    for token in VOCABULARY.encode(text):
        columns = reader.advance(token[None])
    return ["" if not token else VOCABULARY.decode(token[None]) for token in columns[0, :3]]
