"""The page in a browser: what it shows, how it is used, and what it sounds like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.read_back import midi_notes, notes_of_midi
from tuneloom.corpus.playback.play import play
from tuneloom.grammar import parse, read_book

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.support.chromium import OpenPage

pytestmark = pytest.mark.browser

BOOK = Path(__file__).with_name("book.abc")
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
NOTES = "#score .abcjs-note"


@pytest.fixture
def opened(browser: Browser, book: Path) -> Iterator[OpenPage]:
    """The page of the book in a wide window; a test fails if the page reports an error."""
    from tests.support.chromium import open_page

    with open_page(browser, book, viewport=WIDE) as opened:
        yield opened
        assert opened.errors == []
        assert opened.requests == []


def go_to(opened: OpenPage, number: int) -> None:
    opened.evaluate(f"location.hash = 'tune-{number}'")
    opened.page.wait_for_selector(f'#tunes a[aria-current][href="#tune-{number}"]')


def titles(opened: OpenPage) -> list[str]:
    return opened.page.locator("#tunes .title").all_text_contents()


def test_the_list_has_every_tune_and_the_first_bars_of_those_that_can_be_read(
    opened: OpenPage,
) -> None:
    assert len(titles(opened)) == 5
    assert opened.page.locator("#count").text_content() == "5 tunes"
    bad = opened.page.locator("#tunes li", has_text="Not parseable")
    assert "not parseable: the letter `k` has no meaning in music" in (bad.text_content() or "")
    opened.page.wait_for_selector("#tunes li:first-child .incipit svg path")


def test_no_text_of_a_tune_runs_or_becomes_an_element(opened: OpenPage) -> None:
    for number in range(1, 6):
        go_to(opened, number)
    go_to(opened, 2)
    assert "onerror" in (opened.page.locator("#tune-title").text_content() or "")
    assert opened.evaluate("typeof window.ran") == "undefined"
    assert opened.page.locator("img, body b, #score script, #index script").count() == 0


def test_each_tune_has_its_score_and_its_text(opened: OpenPage) -> None:
    book = read_book(BOOK.read_bytes())
    for number, tune in enumerate(book.tunes, 1):
        go_to(opened, number)
        assert opened.page.locator(NOTES).count() >= 4
        assert opened.page.locator("#text").input_value() == tune.text


def test_search_finds_titles_without_accents_and_notes(opened: OpenPage) -> None:
    opened.page.fill("#search", "egalite")
    assert titles(opened) == ["Égalité"]
    opened.page.fill("#search", "edd gdd")
    assert titles(opened) == ["The Kesh"]
    opened.page.fill("#search", "nothing like it")
    assert opened.page.locator("#count").text_content() == "0 of 5 tunes"


def test_filters_and_order_are_those_chosen(opened: OpenPage) -> None:
    opened.page.select_option("#filter-rhythm", "=waltz")
    assert titles(opened) == ["Égalité"]
    opened.page.select_option("#filter-rhythm", "")
    opened.page.select_option("#filter-level", "not parseable")
    assert titles(opened) == ["Not parseable"]
    opened.page.select_option("#filter-level", "any")
    opened.page.select_option("#sort", "title")
    found = [title[:5] for title in titles(opened)]
    assert found.index("Égali") < found.index("Escap") < found.index("Not p") < found.index("The K")


def test_the_score_follows_the_text(opened: OpenPage) -> None:
    before = opened.page.locator(NOTES).count()
    text = opened.page.locator("#text").input_value()
    opened.page.fill("#text", text.replace("G3 GAB", "G2 G GAB"))
    opened.page.wait_for_function(
        "([css, n]) => document.querySelectorAll(css).length === n", arg=[NOTES, before + 1]
    )
    assert opened.page.locator("#reset").is_enabled()
    opened.page.click("#reset")
    assert opened.page.locator(NOTES).count() == before
    assert opened.page.locator("#text").input_value() == text


def test_a_text_without_sense_says_so_and_the_page_goes_on(opened: OpenPage) -> None:
    opened.page.fill("#text", "X:1\nK:C\n")
    opened.page.wait_for_selector("#score-problem:not([hidden])")
    go_to(opened, 5)
    assert opened.page.locator(NOTES).count() >= 4


def test_a_finding_is_marked_in_the_score_and_selects_its_text(opened: OpenPage) -> None:
    go_to(opened, 4)
    assert opened.page.locator("#score .found title").first.text_content()
    opened.page.locator("#findings button").first.hover()
    assert opened.page.locator("#score .pointed").count() >= 1
    opened.page.locator("#findings button").first.click()
    selected = opened.evaluate(
        "(({selectionStart: a, selectionEnd: b, value}) => value.slice(a, b))(page.view.parts.text)"
    )
    assert selected == "EFG (3ABc d3"


def test_the_notes_to_be_played_are_those_of_the_performance(opened: OpenPage) -> None:
    for number, tune in enumerate(read_book(BOOK.read_bytes()).tunes, 1):
        result = parse(tune.text)
        if not result.parseable:
            continue
        go_to(opened, number)
        sound = opened.evaluate("page.view.soundNow()")
        playback = play(result.tune)
        assert sound["tempo"] == pytest.approx(playback.tempo)
        assert [
            (n["pitch"], n["onset"], n["duration"], n["accompanies"]) for n in sound["notes"]
        ] == [
            (
                n.pitch,
                pytest.approx(float(n.onset)),
                pytest.approx(float(n.duration)),
                n.is_accompaniment,
            )
            for n in playback.notes
        ]


def test_playing_starts_the_notes_in_time_and_marks_the_one_that_sounds(opened: OpenPage) -> None:
    opened.evaluate(
        "() => { window.started = []; const pluck = Synth.prototype.pluck;"
        " Synth.prototype.pluck = function (pitch, time, seconds, velocity) {"
        " started.push([pitch, time, seconds]); pluck.call(this, pitch, time, seconds, velocity); }; }"
    )
    opened.page.uncheck("#chords")
    opened.page.click("#play")
    opened.page.wait_for_selector("#score .abcjs-note.playing")
    opened.page.wait_for_function("() => started.length >= 8")
    opened.page.click("#play")
    assert opened.page.locator("#score .playing").count() == 0
    result = parse(read_book(BOOK.read_bytes()).tunes[0].text)
    assert result.parseable
    playback = play(result.tune)
    melody = [note for note in playback.notes if not note.is_accompaniment][:8]
    [(_, first, _), *_] = started = opened.evaluate("started")[:8]
    seconds = [float(note.onset) * 240 / playback.tempo for note in melody]
    assert [pitch for pitch, *_ in started] == [note.pitch for note in melody]
    assert [time - first for _, time, _ in started] == pytest.approx(seconds, abs=1e-6)


def test_a_loop_plays_its_bars_again(opened: OpenPage) -> None:
    opened.page.fill("#loop-from", "2")
    opened.page.fill("#loop-to", "2")
    opened.page.check("#loop")
    opened.page.wait_for_function("() => page.view.transport.player.settings.loop !== null")
    loop = opened.evaluate("page.view.transport.player.settings.loop")
    assert loop == {"from": 0.75, "to": 1.5}


def test_transposing_moves_score_and_sound(opened: OpenPage) -> None:
    opened.page.select_option("#transpose", "2")
    assert opened.evaluate("page.view.transport.player.settings.transpose") == 2
    assert opened.evaluate("page.view.score.tune.getKeySignature().root") == "A"


def test_a_tune_is_saved_as_midi_under_its_title(opened: OpenPage) -> None:
    opened.page.uncheck("#chords")
    with opened.page.expect_download() as download:
        opened.page.click("#save-midi")
    assert download.value.suggested_filename == "The-Kesh.mid"
    result = parse(read_book(BOOK.read_bytes()).tunes[0].text)
    assert result.parseable
    melody = play(result.tune).without_accompaniment().notes
    assert midi_notes(download.value.path().read_bytes()) == notes_of_midi(melody)


def test_everything_is_reached_by_the_keyboard(opened: OpenPage) -> None:
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("kesh")
    for _ in range(20):
        opened.page.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.matches('#tunes a')"):
            break
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function("() => location.hash === '#tune-1'")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_function("() => location.hash === ''")


def test_every_control_has_an_accessible_name(opened: OpenPage) -> None:
    nameless = opened.evaluate(
        "[...document.querySelectorAll('button, input, select, textarea, a, svg[role]')]"
        ".filter((each) => !each.getAttribute('aria-label') && !each.textContent.trim()"
        " && !each.getAttribute('aria-labelledby') && !each.labels?.length"
        " && !each.closest('[aria-hidden]')).map((each) => each.outerHTML)"
    )
    assert nameless == []


def test_without_web_audio_the_page_says_so_and_the_rest_works(
    browser: Browser, book: Path
) -> None:
    from tests.support.chromium import open_page

    with open_page(browser, book, "delete window.AudioContext", viewport=WIDE) as opened:
        assert "no Web Audio" in (opened.page.locator("#sound-problem").text_content() or "")
        assert opened.page.locator("#play").is_disabled()
        assert opened.page.locator(NOTES).count() >= 4
        assert opened.errors == []


def test_without_a_sound_device_the_page_says_so(browser: Browser, book: Path) -> None:
    from tests.support.chromium import open_page

    silent = "Object.defineProperty(BaseAudioContext.prototype, 'currentTime', {get: () => 0})"
    with open_page(browser, book, silent, viewport=WIDE) as opened:
        opened.page.click("#play")
        opened.page.wait_for_selector("#sound-problem:not([hidden])")
        assert "No sound device" in (opened.page.locator("#sound-problem").text_content() or "")
        assert opened.page.locator("#play").text_content() == "Play"


def test_on_a_phone_the_list_and_the_tune_take_turns_and_nothing_is_cut_off(
    browser: Browser, book: Path
) -> None:
    from tests.support.chromium import open_page

    with open_page(browser, book, viewport=PHONE) as opened:
        assert opened.page.locator("#index").is_visible()
        assert not opened.page.locator("#tune").is_visible()
        opened.page.locator("#tunes a").first.click()
        opened.page.wait_for_selector(NOTES)
        assert not opened.page.locator("#index").is_visible()
        assert opened.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
        assert opened.errors == []


def test_a_printed_list_is_a_tunebook_of_its_tunes(opened: OpenPage) -> None:
    opened.page.set_viewport_size({"width": 375, "height": 740})
    opened.evaluate("location.hash = ''; window.print = () => {}")
    opened.page.wait_for_function("() => page.list.current === 0")
    opened.page.click("#print-list")
    opened.page.wait_for_function("() => page.book.isReady")
    assert opened.page.locator("#tunebook .printed svg").count() == 5
    heights = opened.evaluate(
        "[...document.querySelectorAll('#tunebook svg')].map(({viewBox}) => viewBox.baseVal.height)"
    )
    assert all(60 < height < 300 for height in heights)
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#tunebook").is_visible()
    assert not opened.page.locator("#index").is_visible()
