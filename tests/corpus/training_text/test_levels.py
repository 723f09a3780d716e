"""The levels of training texts are those that the rules find in them, also where no rule is asked."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuneloom.corpus.record import RawTune
from tuneloom.corpus.training_text import levels as levels_module
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.levels import training_levels
from tuneloom.corpus.training_text.profiles import PROFILES, training_text
from tuneloom.grammar import parse
from tuneloom.grammar.checking.check import run_rules
from tuneloom.grammar.checking.levels import CHECKED_LEVELS, levels_of, levels_reached
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.rules.basis.rule import Rule
from tuneloom.grammar.rules.catalogue import RULES

HEADER = "X:1\nT:Air\nM:4/4\nL:1/8\nK:G\n"


@pytest.fixture
def texts_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The training texts that are parsed and shown to the rules."""
    texts: list[str] = []

    def noted(parsed: ParsedTune, text: str) -> tuple[Level, ...]:
        texts.append(text)
        return levels_reached(parsed, text)

    monkeypatch.setattr(levels_module, "levels_reached", noted)
    return texts


@pytest.fixture
def no_tie() -> Iterator[None]:
    """A rule of somebody else's that denies a training text its level."""
    rule = Rule("no-tie", "strict", lambda _: (), help="", doc="")
    RULES.register(rule.code, rule)
    yield
    RULES.unregister(rule.code)


def levels(body: str, profile: str = "melody") -> tuple[Level, ...]:
    """Those of the training text of a tune; the test fails if the rules find others."""
    text = HEADER + body + "\n"
    parsed = parse(text)
    assert parsed.parseable
    return checked_levels(parsed, text, profile)


def checked_levels(parsed: ParsedTune, text: str, profile: str) -> tuple[Level, ...]:
    training = training_text(parsed.tune, training_header(parsed.tune), profile)
    whole = "X:1\nT:\n" + training
    found = training_levels(training, parsed, levels_of(run_rules(parsed, text)), profile)
    assert found == levels_of(run_rules(parse(whole), whole)), whole
    return found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('|:"G"{g}G8|(A4 !trill!B4):|\n|:c4 c4|d8:|', CHECKED_LEVELS),
        ("G8|A4 B2|c8|d8|]", ("parseable", "strict", "sound")),
        ("G6 A4|B8|]", ("parseable", "strict", "sound")),
        ("G8|A8|\nP:B\nB8|c8|]", CHECKED_LEVELS),
        ("G8|1 A8:|\n|2 B8|]", CHECKED_LEVELS),
    ],
)
def test_levels_follow_from_those_of_the_tune(
    body: str, found: tuple[Level, ...], texts_read: list[str]
) -> None:
    assert levels(body) == found
    assert not texts_read


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("(G8|A8|]", CHECKED_LEVELS),  # without the slur that is open
        ("G8|A4|\nP:B\nB4|c8|]", ("parseable", "strict", "sound")),  # without the part between
        ("G8|A4|\n|B4|c8|]", ("parseable", "strict", "sound")),
        ("G8|A4.|B4|c8|]", ("parseable", "strict", "sound")),
        ("G8|[M:2/4]A4|]", CHECKED_LEVELS),
        ("G8|[K:G octave=1]A8|]", CHECKED_LEVELS),
    ],
)
def test_a_text_is_read_whose_bars_may_differ(
    body: str, found: tuple[Level, ...], texts_read: list[str]
) -> None:
    assert levels(body) == found
    assert texts_read


def test_texts_of_other_profiles_are_read(texts_read: list[str]) -> None:
    assert levels('"slow"G8|]', "full") == ("parseable", "sound", "metrical")
    assert texts_read


@pytest.mark.usefixtures("no_tie")
def test_texts_are_read_if_there_are_rules_from_outside(texts_read: list[str]) -> None:
    assert levels("G8|]") == CHECKED_LEVELS
    assert texts_read


NOTES = st.sampled_from([
    "A8", "A8", "A8", "A4", "A4", "A4B4", "c4-c4", "c4-d4", "d8-", "z8", "[ce]8", "Z", "(3ABcA6", "(3AB",
    "A>Bc>dA4", "^c4-c4", "{g}A8", "(A8", "B8)", "A0", "A6", "A2",
])  # fmt: skip
SIGNS = st.sampled_from([
    "[P:A]", "[T:x]", "[K:D]", "[K:bass]", "[K:octave=1]", "[M:2/4]", "[L:1/4]", "y", "`", "\n", "$",
])  # fmt: skip
LINES = st.sampled_from([
    "|", "|", "|", "||", "|]", ":|", "|:", "::", "|1", "|2", ":|2", "[1", "[2", ".|", "[|]", "[|", ":", "|::",
    ":||:", "||:",
])  # fmt: skip
BLANKS = st.sampled_from(["", "\n"])
BARS = st.tuples(
    st.lists(SIGNS, max_size=1), NOTES, LINES, st.lists(st.tuples(BLANKS, LINES), max_size=1)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(BARS, min_size=1, max_size=8))
def test_levels_of_texts_are_those_that_the_rules_find(
    bars: list[tuple[list[str], str, str, list[tuple[str, str]]]],
) -> None:
    pieces = [
        f"{''.join(signs)}{notes}{line}{''.join(map(''.join, again))}"
        for signs, notes, line, again in bars
    ]
    text = HEADER + "".join(pieces) + "\n"
    parsed = parse(text)
    if parsed.parseable and "A" in text.removeprefix(HEADER):
        checked_levels(parsed, text, "melody")


@pytest.mark.parametrize("profile", PROFILES.names)
@pytest.mark.parametrize(
    ("collection", "step"),
    [
        ("nottingham/ABC_original", 10),
        ("irish", 10),
        pytest.param("nottingham/ABC_original", 1, marks=pytest.mark.slow),
        pytest.param("irish", 1, marks=pytest.mark.slow),
        pytest.param("taberna", 3, marks=pytest.mark.slow),
    ],
)
def test_levels_of_texts_of_real_tunes_are_those_that_the_rules_find(
    real_tunes: Callable[[str], list[RawTune]], collection: str, profile: str, step: int
) -> None:
    for raw in real_tunes(collection)[::step]:
        repaired = repair(raw.text, raw.line, raw.file_header)
        if repaired.parsed.parseable and len(repaired.parsed.tune.voices) == 1:
            own = levels_of(run_rules(repaired.parsed, repaired.text))
            assert own == levels_reached(repaired.parsed, repaired.text)
            checked_levels(repaired.parsed, repaired.text, profile)
