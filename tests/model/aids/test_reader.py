"""Tunes are read side by side, each as if it were alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.support.aids import HEADER, read_aid
from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

VOCABULARY = Vocabulary(
    "".join(sorted("\n !\"'(),-/0123456789:<=>ABCDEFGHKLMTZ[\\]^_abcdefgimnoxyz{|}&²"))
)
AIDS_OF_ALL = AIDS.names

fragments = st.sampled_from(
    [
        *("M:6/8\n", "L:1/8\n", "K:Gm\n", "M:4/4\nL:1/4\nK:D\n", "[K:Am]", "[M:2/4]", "[L:1/16]"),
        *(
            "\n",
            "|",
            ":|",
            "|:",
            "|1",
            "[2",
            "||",
            "|]",
            "::",
            "(3",
            "(5:4:6",
            "{ga}",
            "[ceg]",
            "&",
            "Z2",
        ),
        *(
            "^c",
            "_B,",
            "d'",
            "e/",
            "f3/2",
            "g>a",
            "b<c'",
            '"Am"',
            "!trill!",
            "z4",
            "A2-",
            "[",
            "{",
            "!",
            '"',
        ),
        *(
            "M:²/3\n",
            "M:0/0\n",
            "M:none\n",
            "L:0\n",
            "L:1/" + "9" * 70 + "\n",
            "9" * 500,
            "'" * 20,
            "/" * 12,
        ),
        *(
            "(" + "9" * 40,
            "M:-3/4\n",
            "[K:" + "c" * 99,
            "K:\n",
            "K:zzz\n",
            "((((",
            "/" * 12,
            "]]]",
            "^^^^",
        ),
    ]
)
texts = st.lists(fragments, max_size=25).map("".join)


def columns_of(text: str) -> NDArray[np.unsignedinteger]:
    """The columns of a text that is read alone, (characters, width)."""
    reader = AidReader(AIDS_OF_ALL, VOCABULARY, rows=1)
    return np.concatenate([reader.advance(VOCABULARY.encode(char)) for char in text])


@settings(max_examples=15)
@given(st.lists(texts.filter(bool), min_size=2, max_size=6), st.integers(1, 3))
def test_a_tune_is_read_the_same_in_any_row_and_after_any_tune(tunes: list[str], rows: int) -> None:
    queues = [
        np.concatenate([[BOUNDARY, *VOCABULARY.encode(text)] for text in tunes[row::rows]] or [[]])
        for row in range(rows)
    ]
    steps = max(map(len, queues))
    tokens = np.zeros((steps, rows), np.int32)
    for row, queue in enumerate(queues):
        tokens[: len(queue), row] = queue
    reader = AidReader(AIDS_OF_ALL, VOCABULARY, rows)
    columns = np.stack([reader.advance(step) for step in tokens])
    for row in range(rows):
        place = 1
        for text in tunes[row::rows]:
            np.testing.assert_array_equal(columns[place : place + len(text), row], columns_of(text))
            place += len(text) + 1


@settings(max_examples=40)
@given(texts.filter(bool))
def test_any_text_is_read_and_gives_values_of_the_layout(text: str) -> None:
    layout = AidLayout.of(AIDS_OF_ALL)
    features, candidates, runs = np.split(
        columns_of(text), [layout.features, layout.features + layout.pointers], axis=1
    )
    assert (features < np.array(layout.feature_sizes)).all()
    assert (candidates < VOCABULARY.size).all()
    assert (runs < 10).all()
    assert ((runs > 0) == (candidates > 0)).all()


def test_rows_that_are_dropped_leave_the_others_as_they_are() -> None:
    text = "M:4/4\nL:1/8\nK:C\ncdef gabc|cdef gabc|"
    reader = AidReader(AIDS_OF_ALL, VOCABULARY, rows=3)
    stepped = []
    for place, token in enumerate(VOCABULARY.encode(text)):
        if place in (9, 20):
            reader.keep(2 if place == 9 else 1)
        rows = 3 if place < 9 else 2 if place < 20 else 1
        stepped.append(reader.advance(np.full(rows, token, np.int32))[0])
    np.testing.assert_array_equal(stepped, columns_of(text))


def test_a_large_vocabulary_has_wider_columns() -> None:
    many = Vocabulary("".join(map(chr, range(10, 400))))
    columns = AidReader(["echo"], many, rows=1).advance(np.array([300], np.int32))
    assert columns.dtype == np.uint16
    assert (
        AidReader(["echo"], VOCABULARY, rows=1).advance(np.array([3], np.int32)).dtype == np.uint8
    )


def test_without_aids_there_are_no_columns() -> None:
    assert AidReader([], VOCABULARY, rows=2).advance(np.array([3, 0], np.int32)).shape == (2, 0)


@pytest.mark.parametrize(
    ("music", "candidate"),
    [
        ("GAB|c8|GAB", ""),  # the bar line that made it a pickup would be too soon here
        ("GABcdef|G2GABcdef", "|"),
        ("GABcd||GABc|GABcd", "|"),
        ("GAB||GAB", "|"),  # a section may begin with a pickup
    ],
)
def test_pointers_do_not_end_a_bar_that_has_just_begun(music: str, candidate: str) -> None:
    assert read_aid("echo", HEADER + music).candidates[-1][0] == candidate
