import os
import signal
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.notation.engraving import Engraver, png_bytes
from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes
from tuneloom.corpus.playback.written_files import UnwritableTune, bears_mark

TUNE = "X:1\nT:\nM:4/4\nL:1/4\nK:D\n" + "|:DEFG|ABcd|efga|fdA2:|\n" * 6


@pytest.fixture(scope="module")
def engraver() -> Iterator[Engraver]:
    with Engraver() as running:
        yield running


@pytest.fixture(scope="module")
def score() -> bytes:
    return musicxml_bytes(parse_tune(TUNE))


def test_every_note_is_drawn_on_one_page(engraver: Engraver, score: bytes) -> None:
    drawn = ET.fromstring(engraver.svg(score))
    notes = [g for g in drawn.iter("{http://www.w3.org/2000/svg}g") if g.get("class") == "note"]
    assert len(notes) == 6 * 15
    systems = [g for g in drawn.iter("{http://www.w3.org/2000/svg}g") if g.get("class") == "system"]
    assert len(systems) > 2


def test_title_and_composer_are_text_and_stay_above_the_score(
    engraver: Engraver, score: bytes
) -> None:
    svg = engraver.svg(score, "<script>alert(1)</script> & Co", "Trad.")
    assert "<script" not in svg
    assert [t.text for t in ET.fromstring(svg).findall("{http://www.w3.org/2000/svg}text")] == [
        "<script>alert(1)</script> & Co",
        "Trad.",
    ]
    plain, headed = (
        ET.fromstring(engraver.svg(score, title)).get("viewBox") for title in ("", "A")
    )
    assert plain is not None
    assert headed is not None
    assert plain.split()[1] == "0"
    assert float(headed.split()[3]) - float(plain.split()[3]) == -float(headed.split()[1]) > 0


def test_the_same_score_gives_the_same_bytes_with_our_mark(
    engraver: Engraver, score: bytes
) -> None:
    svg = engraver.svg(score, "A")
    assert engraver.svg(score, "A") == svg
    assert bears_mark(svg.encode())


def test_what_is_no_score_is_told(engraver: Engraver, score: bytes) -> None:
    with pytest.raises(UnwritableTune, match="made no picture"):
        engraver.svg(b"<nothing/>")
    assert engraver.svg(score)


def test_a_keyboard_interrupt_does_not_end_it(engraver: Engraver, score: bytes) -> None:
    assert engraver.svg(score)
    for child in active_children():
        assert child.pid
        os.kill(child.pid, signal.SIGINT)
    assert engraver.svg(score)


def test_a_picture_has_the_width_asked_for_and_our_mark(engraver: Engraver, score: bytes) -> None:
    png = png_bytes(engraver.svg(score, "A title"), 800)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20]) == (800,)
    assert bears_mark(png)


def test_titles_are_drawn(engraver: Engraver, score: bytes) -> None:
    drawn = {png_bytes(engraver.svg(score, title), 800) for title in ("A title", "Another")}
    assert len(drawn) == 2
