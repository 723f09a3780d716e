"""The composer in Node draws what `generate` draws."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.composing import run_composer
from tests.support.read_back import midi_notes
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import levels_of
from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import RequestedHeader, TrainedHeaders
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.request import GenerationRequest
from tuneloom.web.composer.data import composer_data
from tuneloom.web.composer.scripts import composer_script
from tuneloom.web.document import Composer
from tuneloom.web.write import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TINY = TrainingConfig(embedding=8, units=16, aid_embedding=4)
CHARACTERS = "\n #'(,-/123456789:<=>ABCDEFGKLMRZ[]^_abcdefghijlmnoprstvwxyz|"
HEADERS = TrainedHeaders(
    ("M:3/4\nL:1/8\n", "M:6/8\nL:1/8\n", "R:jig\nM:6/8\nL:1/8\n", "R:reel\nM:2/2\nL:1/16\n"),
    ("D", "G", "Ador", "C"),
)
MAX_LENGTH = 300
DRAW = """
const composer = new TuneloomComposer.Composer(input.data);
return input.numbers.map((draw) => {
  const characters = [...composer.draw({ ...input.settings, draw })].join("");
  return composer.text(characters, input.settings.key);
});
"""


def new_run(path: Path, config: TrainingConfig) -> RunDirectory:
    """A run whose network has its first weights, made larger so that some tokens are likelier."""
    from tuneloom.model.network.build import build_network

    vocabulary = Vocabulary(CHARACTERS)
    run = RunDirectory(path, config, "", vocabulary, HEADERS)
    run.create()
    network = build_network(config, vocabulary.size)
    network.model.set_weights([3 * weight for weight in network.model.get_weights()])
    run.save_network(network)
    return run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    return new_run(tmp_path_factory.mktemp("runs") / "aided", TINY)


def texts_of_generate(
    run: RunDirectory, seed: int, request: GenerationRequest, temperature: float = 1.0
) -> list[str]:
    from tuneloom.model.sampling.generate import generate_tunes

    config = SamplingConfig(seed=seed, max_length=MAX_LENGTH, temperature=temperature)
    return [tune.text for tune in generate_tunes(run, config, request).tunes.values()]


def texts_of_composer(run: RunDirectory, count: int, **settings: Any) -> list[str]:
    data = {**composer_data(run, "float32"), "max_length": MAX_LENGTH}
    numbers = list(range(1, count + 1))
    texts: list[str] = run_composer(DRAW, {"data": data, "numbers": numbers, "settings": settings})
    return texts


@pytest.mark.parametrize("constraint", ["none", "syntax", "metre"])
def test_the_composer_draws_what_generate_draws(run: RunDirectory, constraint: str) -> None:
    expected = texts_of_generate(run, 3, GenerationRequest(20, constraint=constraint))
    assert texts_of_composer(run, 20, seed=3, constraint=constraint) == expected


def test_at_another_temperature_too(run: RunDirectory) -> None:
    expected = texts_of_generate(run, 2**31 - 1, GenerationRequest(5), 0.7)
    assert texts_of_composer(run, 5, seed=2**31 - 1, temperature=0.7) == expected


@pytest.mark.parametrize(
    "header",
    [
        RequestedHeader(meter="6/8", rhythm="jig", key="D"),
        RequestedHeader(key="Ador"),
        RequestedHeader(key="Edor"),  # written as if it were in A dorian
        RequestedHeader(meter="2/2"),
    ],
)
def test_a_wanted_header_leads_to_the_same_tunes(
    run: RunDirectory, header: RequestedHeader
) -> None:
    expected = texts_of_generate(run, 5, GenerationRequest(8, header=header, constraint="metre"))
    wanted = {"key": header.key, "meter": header.meter, "rhythm": header.rhythm}
    assert texts_of_composer(run, 8, seed=5, constraint="metre", **wanted) == expected


@pytest.mark.parametrize("music", ["d2e f2e|d", "c2c B2^", "B3 A3|"])
@pytest.mark.parametrize("key", ["D", "Edor"])
def test_first_bars_lead_to_the_same_tunes(run: RunDirectory, music: str, key: str) -> None:
    beginning = f"M:6/8\nL:1/8\nK:{key}\n{music}"
    expected = texts_of_generate(run, 9, GenerationRequest(6, prompt=beginning))
    assert all(text.startswith(beginning) for text in expected)
    assert texts_of_composer(run, 6, seed=9, beginning=beginning, key=key) == expected


def test_the_tempo_of_a_tune_is_that_of_its_rhythm_and_metre(run: RunDirectory) -> None:
    data = composer_data(run)
    assert data["tempos"] == {"|3/4": 120, "|6/8": 162, "jig|6/8": 168, "reel|2/2": 200}
    body = "return new TuneloomComposer.Composer(input.data).tempoOf(input.tune);"
    given = {"data": data, "tune": "R:jig\nM:6/8\nL:1/8\nK:D\nR|"}
    assert run_composer(body, given) == 168


def test_the_levels_of_a_tune_are_known_as_far_as_the_constraints_go(run: RunDirectory) -> None:
    body = """
    const composer = new TuneloomComposer.Composer(input.data);
    return input.tunes.map((tune) => composer.knownLevels(tune));
    """
    header = "M:6/8\nL:1/8\nK:C\n"
    tunes = [header + music for music in ("c3 d3|c6|]\n", "c6|d5|c6|]\n", "c3 d3|c6|k", "c3[")]
    assert run_composer(body, {"data": composer_data(run), "tunes": tunes}) == [
        {"parseable": True, "metrical": True},
        {"parseable": True},
        {"parseable": False},
        {"parseable": False},
    ]


KEPT = """
const composer = new TuneloomComposer.Composer(input.data);
const draw = (settings) => {
  const characters = [...composer.draw(settings)].join("");
  return composer.text(characters, composer.keyOf({ key: "", beginning: "", ...settings }));
};
const { linkOf, settingsOf, keptBars } = TuneloomComposer;
return input.numbers.map((seed) => {
  const settings = { ...input.settings, seed };
  const text = draw(settings);
  const bars = keptBars(text, settings.keptFrom, settings.keptFrom + 1).kept;
  return [text, bars, seed < 5 ? draw(settingsOf(linkOf(settings))) : text];
});
"""
"""Tunes with bars that were kept, those bars, and the tunes that the links of the first five draw."""


@pytest.mark.parametrize("count", [3, pytest.param(20, marks=pytest.mark.slow)])
@pytest.mark.parametrize("constraint", ["none", "syntax", "metre"])
def test_bars_stay_at_their_place_while_others_are_written_anew(
    run: RunDirectory, constraint: str, count: int
) -> None:
    kept = "^c2e fd'2|=Bd2 A2A|"
    settings = {"constraint": constraint, "kept": kept, "keptFrom": 3, "rhythm": "", "key": ""}
    settings |= {"beginning": "M:6/8\nL:1/8\nK:Edor\n", "meter": "", "temperature": 1}
    data = {**composer_data(run, "float32"), "max_length": 200}
    given = {"data": data, "numbers": list(range(count)), "settings": settings}
    found = run_composer(KEPT, given)
    assert len({text for text, *_ in found}) == count
    wanted = {"none": "", "syntax": "parseable", "metre": "metrical"}[constraint]
    for text, bars, by_link in found:
        assert bars == kept
        assert by_link == text
        if wanted:
            assert wanted in levels_of(check_tune(f"X:1\nT:\n{text}\n"))


def test_bars_for_which_there_is_no_place_are_refused(run: RunDirectory) -> None:
    body = """
    const composer = new TuneloomComposer.Composer(input.data);
    return input.all.map((settings) => {
      try {
        return [...composer.draw({ keptFrom: 2, constraint: "metre", ...settings })].length;
      } catch (error) {
        return error.message;
      }
    });
    """
    header = "M:6/8\nL:1/8\nK:D\n"
    given = [
        {"kept": "A2|", "beginning": header},
        {"kept": "A6|", "beginning": ""},
        {"kept": "A6H|", "beginning": header},
    ]
    assert run_composer(body, {"data": composer_data(run), "all": given}) == [
        "These bars could not follow any of 64 beginnings that the network wrote.",
        "Choose a key for the kept bars.",
        'The network has never read "H".',
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(TINY, layers=2),
        replace(TINY, architecture="plain"),
        replace(TINY, keys="own", aids=("clock", "tonic", "sections", "line-bars")),
    ],
    ids=["two layers", "plain", "own keys"],
)
def test_other_networks_draw_alike(other: TrainingConfig, tmp_path: Path) -> None:
    run = new_run(tmp_path / "other", other)
    expected = texts_of_generate(run, 1, GenerationRequest(5, constraint="syntax"))
    assert texts_of_composer(run, 5, seed=1, constraint="syntax") == expected


@pytest.mark.browser
def test_a_reader_composes_the_same_tune_in_a_page(
    run: RunDirectory, browser: Browser, tmp_path: Path
) -> None:
    from tests.support.chromium import open_page

    data = composer_data(run, "float32")
    data["max_length"] = MAX_LENGTH
    page = tmp_path / "page.html"
    write_page(page, "A run", [], Composer(data, composer_script()))
    with open_page(browser, page) as opened:
        opened.page.select_option("[name=key]", "D")
        opened.page.select_option("[name=meter]", "6/8")
        opened.page.fill("[name=seed]", "4")
        opened.page.click("button:text-is('Compose')")
        opened.page.wait_for_selector("text=The tune is written.")
        assert opened.evaluate("location.hash") == "#compose?key=D&meter=6%2F8&seed=4"
        written = opened.page.input_value("#text")
        levels = opened.page.locator("#levels [role=listitem]").all_text_contents()
        assert levels == ["✓ parseable", "✓ metrical"]
        with opened.page.expect_download() as download:
            opened.page.click("#save-midi")
        assert midi_notes(download.value.path().read_bytes())
        assert opened.errors == []
        assert opened.requests == []
    asked = GenerationRequest(1, header=RequestedHeader(meter="6/8", key="D"), constraint="metre")
    [expected] = texts_of_generate(run, 4, asked)
    assert written == f"X:1\nT:{run.name}, seed 4\n{expected}"


@pytest.mark.browser
def test_a_reader_keeps_bars_and_has_the_rest_written_again(
    run: RunDirectory, browser: Browser, tmp_path: Path
) -> None:
    from tests.support.chromium import open_page

    data = composer_data(run)
    data["max_length"] = MAX_LENGTH
    page = tmp_path / "page.html"
    write_page(page, "A run", [], Composer(data, composer_script()))
    link = "#compose?beginning=M%3A6%2F8%0AL%3A1%2F8%0AK%3AD%0A&kept=d6%7Ce6%7Cf6%7C&keptFrom=1"
    done = "text=The tune is written."
    with open_page(browser, page) as opened:
        opened.evaluate("(link) => { location.hash = link; }", link)
        opened.page.wait_for_selector(done)
        assert opened.page.input_value("[name=keepTo]") == "3"
        opened.page.fill("[name=keepFrom]", "2")
        opened.page.fill("[name=seed]", "5")
        opened.page.click("button:text-is('Compose')")
        opened.page.wait_for_selector("text=Writing what goes before")
        opened.page.wait_for_selector(done)
        assert opened.evaluate("location.hash").endswith("&kept=e6%7Cf6%7C&keptFrom=2")
        written = opened.page.input_value("#text")
        kept = opened.evaluate("(text) => TuneloomComposer.keptBars(text, 2, 3).kept", written)
        assert kept == "e6|f6|"
        assert "d6|e6|" not in written
        opened.page.fill("[name=keepFrom]", "99")
        opened.page.click("button:text-is('Compose')")
        problem = opened.page.locator("#composer .problem").text_content()
        assert problem == "The tune ends before bar 99."
        assert opened.errors == []


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (replace(TINY, cell="gru"), "a page cannot run the cell gru, only lstm"),
        (replace(TINY, architecture="own"), "a page cannot run the network own"),
        (replace(TINY, aids=("echo", "own")), "a page cannot work out the aid own"),
    ],
)
def test_what_a_page_cannot_run_is_refused(other: TrainingConfig, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        composer_data(RunDirectory(Path("run"), other, "", Vocabulary(CHARACTERS)))
