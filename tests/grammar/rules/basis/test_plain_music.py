"""Music that is told to be plain is music in which no rule finds anything; most real tunes are told so."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from typing import get_args

import pytest
from msgspec.structs import replace

from tests.support.random_texts import mutant, with_stray_sign
from tuneloom.corpus.record import RawTune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.parsing.parser import parseable_text
from tuneloom.grammar.rules.basis.plain_music import Aspect, plain_aspects
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext
from tuneloom.grammar.rules.catalogue import RULES

HEADER = "X:1\nT:T\nM:4/4\nL:1/8\nK:D\n"
# As if no music were plain.
RULES_OF: dict[Aspect, list[Rule]] = {
    aspect: [replace(r, aspect=None) for r in RULES.values() if r.aspect == aspect]
    for aspect in get_args(Aspect)
}


def findings(text: str, resolved: str, aspects: Collection[Aspect]) -> list[str]:
    context = RuleContext(text, resolved)
    rules = (rule for aspect in aspects for rule in RULES_OF[aspect])
    return [found.code for rule in rules for found in rule.diagnose(context)]


def aspects_of(music: str) -> frozenset[Aspect]:
    resolved = parseable_text(HEADER + music)
    assert resolved is not None
    return plain_aspects(resolved)


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
    assert aspects_of(music) == set(RULES_OF)


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
    aspects = {aspect for aspect, rules in RULES_OF.items() if code in {r.code for r in rules}}
    assert aspects_of(music).isdisjoint(aspects)
    assert code in {found.code for found in check_tune(HEADER + music)}


def test_a_fault_in_one_aspect_spares_the_rules_about_others() -> None:
    assert set(RULES_OF) - aspects_of("A4-B4|efga f2e2|\n") == {"ties"}
    assert set(RULES_OF) - aspects_of("|:A8|\n") == {"repeats"}
    assert set(RULES_OF) - aspects_of("A8|A6|A8|\n") == {"bars"}


@pytest.fixture(scope="module")
def real_texts(real_tunes: Callable[[str], list[RawTune]]) -> list[str]:
    tunes = [*real_tunes("nottingham/ABC_cleaned")[::20], *real_tunes("taberna")[::100]]
    return [tune.text for tune in tunes if parseable_text(tune.text) is not None]


def test_in_real_tunes_that_are_plain_no_rule_finds_anything(real_texts: list[str]) -> None:
    texts = {text: parseable_text(text) or "" for text in real_texts}
    found = {text: findings(text, r, plain_aspects(r)) for text, r in texts.items()}
    assert [text for text, codes in found.items() if codes] == []
    plain = [text for text, resolved in texts.items() if plain_aspects(resolved) == set(RULES_OF)]
    assert len(plain) > len(texts) / 2


def spoilt(texts: list[str], randomly: random.Random) -> Iterator[str]:
    """Real tunes with a sign that does not belong, or with characters changed."""
    while True:
        text = randomly.choice(texts)
        text = with_stray_sign(text, randomly)
        yield mutant(text, randomly) if randomly.random() < 0.3 else text


def test_nor_in_spoilt_ones(real_texts: list[str]) -> None:
    randomly = random.Random(4711)
    looked_at = 0
    for text in spoilt(real_texts, randomly):
        resolved = parseable_text(text)
        if resolved is not None and (aspects := plain_aspects(resolved)):
            assert findings(text, resolved, aspects) == [], text
            looked_at += 1
            if looked_at == 300:
                return
