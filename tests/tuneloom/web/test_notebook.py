"""What a notebook shows of a tune: score, player, findings and text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuneloom.grammar import parse
from tuneloom.grammar.tune.elements import Tune

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame

    from tests.support.chromium import OpenPage

KESH = (
    'X:1\nT:The Kesh\nR:jig\nM:6/8\nL:1/8\nQ:3/8=110\nK:G\n|:"G"G3 GAB|A3 ABd|edd gdd|edB dBA:|\n'
)
SLY = "</script></iframe><img src=x onerror=window.ran=1><script>window.ran=1</script>"


def tune_of(text: str) -> Tune:
    result = parse(text)
    assert result.parseable
    return result.tune


def shown(text: str) -> str:
    return tune_of(text)._repr_html_()


def without_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "music21", None)


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.found.append(tag)


def test_a_tune_is_its_score_a_player_and_its_text() -> None:
    html = shown(KESH)
    assert "<b>The Kesh</b> jig · G maj · 6/8 · 3/8=110 · 4 bars</p>" in html
    assert 'alt="Score of The Kesh" style="display:block' in html
    assert '<iframe title="Player" sandbox="allow-scripts" ' in html
    assert f"<details><summary>ABC</summary><pre>{escape(KESH)}</pre></details>" in html


def test_the_score_needs_neither_scripts_nor_frames_nor_styles() -> None:
    html = re.sub('<iframe.*?</iframe>| style="[^"]*"', "", shown(KESH), flags=re.DOTALL)
    assert '<img alt="Score of The Kesh" src="data:image/svg+xml;base64,' in html
    assert "<script" not in html


def test_it_is_small() -> None:
    assert len(shown(KESH)) < 32_000


def test_the_result_of_parsing_shows_its_tune() -> None:
    assert parse(KESH)._repr_html_() == shown(KESH)


def test_what_is_wrong_is_listed() -> None:
    assert "<ul>" not in shown(KESH)
    html = shown(KESH.replace("edd gdd", "edd gd"))
    assert "<ul><li>line 8, column " in html


def test_every_note_as_written_is_marked_in_the_score() -> None:
    [places] = re.findall(r'"places":(\[\[.*?\]\])', unescape(shown(KESH)))
    offsets = [int(found) for found in re.findall(r"\[(\d+),", places)]
    assert len(offsets) == 20
    assert all(KESH[offset] in "ABdegG" for offset in offsets)


def test_without_an_engraver_the_facts_are_a_table_and_the_text_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_scores(monkeypatch)
    html = shown(KESH)
    assert '<th style="text-align:left">key</th><td style="text-align:left">G maj</td>' in html
    assert "<p>A score needs music21, which is not installed: pip install" in html
    assert "<pre>X:1" in html
    assert "<details>" not in html
    assert "<iframe " in html


def test_a_tune_that_cannot_be_engraved_says_why() -> None:
    html = shown("X:1\nT:\nL:1/1\nM:none\nK:C\nC999|\n")
    assert "<p>No score: a note lasts for more than 128 whole notes</p>" in html


def test_a_tune_of_a_file_header_has_no_findings_that_its_text_alone_would() -> None:
    result = parse("X:1\nT:One\nK:G\nGAB|\n", 1, "M:3/4\nL:1/4\n")
    assert result.parseable
    assert "<ul>" not in result._repr_html_()


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30))
def test_no_text_opens_a_tag_of_its_own(title: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        without_scores(patch)
        usual = _Tags(shown(KESH)).found
        found = _Tags(shown(KESH.replace("The Kesh", title))).found
    assert [tag for tag in found if tag not in ("ul", "li", "br")] == usual


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[OpenPage]:
    """A notebook of one tune with a sly title; a test fails if it reports an error."""
    from tests.support.chromium import open_page

    path = tmp_path / "notebook.html"
    path.write_text(
        f"<!DOCTYPE html><meta charset=utf-8>{shown(KESH.replace('The Kesh', SLY))}", "utf-8"
    )
    with open_page(browser, path) as opened:
        yield opened
        assert opened.errors == []
        assert [url for url in opened.requests if not url.startswith(("data:", "about:"))] == []


def player_of(opened: OpenPage) -> Frame:
    [_, frame] = opened.page.frames
    frame.wait_for_selector("#play:enabled")
    return frame


@pytest.mark.browser
def test_the_score_is_seen_and_the_title_is_text(opened: OpenPage) -> None:
    assert opened.evaluate("document.querySelector('img').naturalWidth") > 0
    assert opened.page.locator("img").count() == 1
    assert opened.page.locator("b").first.text_content() == SLY
    assert opened.evaluate("typeof window.ran") == "undefined"
    assert player_of(opened).evaluate("typeof window.ran") == "undefined"


@pytest.mark.browser
def test_it_plays_and_marks_what_sounds(opened: OpenPage) -> None:
    frame = player_of(opened)
    frame.click("#play")
    frame.wait_for_selector("#score .playing", state="attached")
    assert frame.locator("#play").text_content() == "Stop"
    frame.click("#play")
    assert frame.locator("#play").text_content() == "Play"
    assert frame.locator("#score .playing").count() == 0


@pytest.mark.browser
def test_a_click_on_a_note_plays_from_there(opened: OpenPage) -> None:
    frame = player_of(opened)
    note = frame.locator("#score button").nth(4)
    note.click()
    frame.wait_for_function(
        "() => document.querySelectorAll('#score button')[4].matches('.playing')"
    )


@pytest.mark.browser
def test_the_tempo_is_shown_as_it_is_chosen(opened: OpenPage) -> None:
    frame = player_of(opened)
    assert frame.locator("#tempo-shown").text_content() == "100%, ♩. = 110"
    frame.fill("#tempo", "50")
    assert frame.locator("#tempo-shown").text_content() == "50%, ♩. = 55"
