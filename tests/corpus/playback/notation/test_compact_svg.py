"""Scores as small pictures, and where in them the notes are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from tuneloom.corpus.playback.notation.compact_svg import CompactScore, compact_score
from tuneloom.corpus.playback.notation.engraving import DrawnScore, Engraver
from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes
from tuneloom.grammar import parse

TUNE = (
    "X:1\nT:The Kesh\nM:6/8\nL:1/8\nQ:3/8=110\nK:G\n"
    '|:"G"G3 {a}GAB|A3 ABd|edd (3gdd|1 [GB]3 edB:|2 dBA GAG|]\nw: one two&3\n'
)


@pytest.fixture(scope="module")
def drawn() -> Iterator[DrawnScore]:
    result = parse(TUNE)
    assert result.parseable
    with Engraver() as engraver:
        yield engraver.bare_score(musicxml_bytes(result.tune))


@pytest.fixture(scope="module")
def compact(drawn: DrawnScore) -> CompactScore:
    return compact_score(drawn.svg)


def test_the_picture_has_what_verovio_drew(drawn: DrawnScore, compact: CompactScore) -> None:
    ET.fromstring(compact.svg)
    assert compact.svg.count("<use ") == drawn.svg.count("<use ")
    stems = re.findall(r'd="M(\d+) (\d+) L\1 (\d+)" stroke-width="\d+"/>', drawn.svg)
    assert len(stems) > 30
    for x, top, bottom in stems:
        assert f"M{x} {top}V{bottom}" in compact.svg


def test_the_picture_is_small(drawn: DrawnScore, compact: CompactScore) -> None:
    assert len(compact.svg) < 0.6 * len(drawn.svg)
    assert not re.search("class=|data-|<style|<desc|Leipzig", compact.svg)


def test_texts_are_text_and_note_values_are_in_usual_fonts(compact: CompactScore) -> None:
    texts = [
        "".join(each.itertext()) for each in ET.fromstring(compact.svg).iter() if "x" in each.attrib
    ]
    assert "two&3" in texts
    assert any(re.fullmatch(r"♩\.\s=\s110", text) for text in texts)


def test_every_note_has_a_place_in_the_order_of_writing(
    drawn: DrawnScore, compact: CompactScore
) -> None:
    assert [onset for onset, _ in drawn.onsets[:4]] == [
        0,
        1.5,
        1.75,
        2,
    ]  # the second is the grace note
    places = [compact.notes[ids[0]] for _, ids in drawn.onsets if ids[0] in compact.notes]
    assert len(places) == len(drawn.onsets) - 1
    assert all(0 < each.left < 1 and 0 < each.top < each.top + each.height < 1 for each in places)
    order = [(place.top, place.left) for place in places]
    assert order == sorted(order)
