"""Music that is told to be plain is music in which no rule finds anything; most real tunes are told so."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.support.random_texts import mutant
from tuneloom.corpus.record import RawTune
from tuneloom.grammar.parsing.parser import parseable_text
from tuneloom.grammar.rules.basis.plain_music import is_plain
from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.rules.catalogue import RULES

HEADER = "X:1\nT:T\nM:4/4\nL:1/8\nK:D\n"
# As if no music were plain.
SPARING = [replace(rule, spares_plain=False) for rule in RULES.values() if rule.spares_plain]
SIGNS = (
    "|", "|:", ":|", "::", "||", "|1", ":|2", "[1", "-", "(", ")", "(3", "^", "_", "=", "A", "c'", "z", "2",
    "/", "3/2", "5", ">", "<", " ", "\n", "{a}", "[CE]", '"G"', "y", "Z", "!trill!", "P:A\n", "K:Bb\n",
    "M:3/4\n", "w:la\n", "V:2\n", "(B|c)", "B-|B", "(3abc",
)  # fmt: skip


def findings(text: str, resolved: str) -> list[str]:
    context = RuleContext(text, resolved)
    return [found.code for rule in SPARING for found in rule.diagnose(context)]


def plain(music: str, header: str = HEADER) -> bool:
    resolved = parseable_text(header + music)
    assert resolved is not None
    return is_plain(resolved)


@pytest.mark.parametrize(
    "music",
    [
        "A4 d4|efga f2e2|",
        "A2|:d8|A6 A2:|\n",
        '"D"A4 "^slow"d4|{ef}~e2f2 .g4|]\n',
        "|:A8|1 B8:|2 d8||\nd8|e8:|\n",
        "(3ABc A2 A>B A/B/A|A4 -A2 A2-|A8|\n",
        "(Ad) (Be) A4|^G8|\n(DA)A2 A4|\n",
        "P:A\n|:A8:|\nP:B\n|:B8:|\n",
        "A8|\nK:Em\nB8|\n",
    ],
)
def test_music_of_notes_symbols_and_usual_bar_lines_is_plain(music: str) -> None:
    assert plain(music)


@pytest.mark.parametrize(
    ("music", "code"),
    [
        ("A4 d4|efga f2e|f8|\n", "bar-length"),
        ("|:A8|B8|\n", "unclosed-repeat"),
        ("A8|1B8:|\n", "volta"),
        ("A4-B4|\n", "tie-pitch"),
        ("A4 (B4|A8|\n", "unclosed-slur"),
        ("A3 (3ABc d2 e2|A8|A8|\n", "bar-length"),
        ("^F8|A8|\n", "redundant-accidental"),
        ("A5 z3|\n", "note-value"),
        ("A8|\nw:la la la\n", "lyrics"),
        ("A8||B8:|\n", "unopened-repeat"),
        ("c(A2A)c4|\n", "slur-for-tie"),
        ('A8|"D"', "dangling-symbol"),
    ],
)
def test_music_with_a_fault_is_not(music: str, code: str) -> None:
    resolved = parseable_text(HEADER + music)
    assert resolved is not None
    assert not is_plain(resolved)
    assert code in findings(HEADER + music, resolved)


@pytest.fixture(scope="module")
def real_texts(real_tunes: Callable[[str], list[RawTune]]) -> list[str]:
    tunes = [*real_tunes("nottingham/ABC_cleaned")[::20], *real_tunes("taberna")[::100]]
    return [tune.text for tune in tunes if parseable_text(tune.text) is not None]


def test_in_real_tunes_that_are_plain_no_rule_finds_anything(real_texts: list[str]) -> None:
    texts = {text: parseable_text(text) or "" for text in real_texts}
    plain_texts = {text: resolved for text, resolved in texts.items() if is_plain(resolved)}
    assert len(plain_texts) > len(texts) / 2
    assert {text: findings(text, r) for text, r in plain_texts.items() if findings(text, r)} == {}


def spoilt(texts: list[str], randomly: random.Random) -> Iterator[str]:
    """Real tunes with a sign that does not belong, or with characters changed."""
    while True:
        text = randomly.choice(texts)
        place = randomly.randrange(text.index("\nK:") + 2, len(text))
        text = text[:place] + randomly.choice(SIGNS) + text[place:]
        yield mutant(text, randomly) if randomly.random() < 0.3 else text


def test_nor_in_spoilt_ones(real_texts: list[str]) -> None:
    randomly = random.Random(4711)
    looked_at = 0
    for text in spoilt(real_texts, randomly):
        resolved = parseable_text(text)
        if resolved is not None and is_plain(resolved):
            assert findings(text, resolved) == [], text
            looked_at += 1
            if looked_at == 300:
                return
