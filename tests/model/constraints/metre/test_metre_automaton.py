"""The automaton of metrical texts against the rules of the score, with which it shares no code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tuneloom.corpus.admit import admit
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Record
from tuneloom.corpus.sources import resolve_sources
from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.metre.metre_automaton import MetreAutomaton
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.model.score.tunes.verdict import judge_tune

CHARACTERS = "\n #'(,-/123456789:<=>ABCDEFGKLMRZ[]^_abcdefghijlmnoprstwxyz|"
HEAD = "M:4/4\nL:1/8\nK:D\n"
JIG = "M:6/8\nL:1/8\nK:D\n"
BATCH_SIZE = 16
CAP = 80
EACH = 80  # one of so many real tunes


@pytest.fixture(scope="module")
def automaton() -> MetreAutomaton:
    return MetreAutomaton(Vocabulary(CHARACTERS))


@pytest.fixture(scope="module")
def real_texts(corpora: Path) -> list[tuple[str, bool]]:
    """Trainer texts of real tunes, each with whether it is metrical."""
    assert corpora
    files = resolve_sources(("folk", "nottingham", "irish"), ())
    raw = [tune for file in files for tune in read_raw_tunes(file) if isinstance(tune, RawTune)]
    records = (admit(tune, "melody").result for tune in raw[::EACH])
    return [(r.abc, "metrical" in r.levels) for r in records if isinstance(r, Record)]


def walks(automaton: MetreAutomaton, seed: int, head: str = "") -> Iterator[str]:
    """A batch of random texts that must end by the cap, each with its own preferences of characters."""
    random = np.random.default_rng(seed)
    liked = np.exp(1.5 * random.standard_normal((BATCH_SIZE, automaton.vocabulary.size)))
    states, texts, done = (
        automaton.begin(BATCH_SIZE),
        [head] * BATCH_SIZE,
        np.zeros(BATCH_SIZE, np.bool_),
    )
    for token in automaton.vocabulary.encode(head):
        states = automaton.advance(states, np.full(BATCH_SIZE, token))
    for remaining in range(CAP, -1, -1):
        masks = automaton.masks(states, np.full(BATCH_SIZE, remaining))
        weights = np.cumsum(liked * masks, axis=1)
        tokens = (weights > weights[:, -1:] * random.random((BATCH_SIZE, 1))).argmax(axis=1)
        tokens = np.where(done, states * 0, tokens)
        for index in np.flatnonzero(~done):
            assert masks[index].any(), f"a dead end after {texts[index]!r}"
            texts[index] += "" if tokens[index] == BOUNDARY else CHARACTERS[tokens[index] - 1]
        ended = ~done & (tokens == BOUNDARY)
        done |= ended
        if done.all():
            break
        states[~done] = automaton.advance(states[~done], tokens[~done])
    assert done.all()
    yield from texts


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "D2|A4 F4|D6|]\n",  # the last bar completes the pickup
        HEAD + "D2|A4 F4|D8|]\n",  # but the tune may end in full as well
        HEAD + "D2|A4 F4|D8|\n",
        HEAD + "|:D2|A4 F4|D6:|\n",  # so does the one before a repeat
        HEAD + "D2|A4 F4|D6||D2|A4 F4|D6|]\n",  # and the one before a section that begins with it
        JIG + "f|g2e f2d|e2d B2::\nf|g2e f2d|e3- e2:|\n",
        JIG + "f|g2e f2d|e2d B2:|\n[K:A]f|g2e f2d|e2d B2|]\n",
        HEAD + "D2|A8|F8||A8|D6|]\n",  # a section ends in full where the next one begins so
        HEAD + "D2|A8|F8|:A8|F8:|\n",
        HEAD + "D2|A8|F6||D2|A8|F6:|\n",  # the same from the double bar as from the beginning
        HEAD + "A2|:D4 F4|A8:|\n",  # a pickup that is not repeated
        HEAD + "|:A8|1B8:|2c8|]\n",
        HEAD + "|:D2|A8|1B6:|2c6|]\n",  # each ending completes what it leads to
        HEAD + "|:D2|A8|1B6:|2c6||D2|A6|]\n",
        HEAD + "A>B (3cde f/g/a [df]2|f8-|f8\n",
        "M:none\nL:1/4\nK:Am\nA B c|d e f g|A4\n",
        HEAD + "A8|[M:3/4][L:1/4]A3|[K:G]A B[K:D] c|d3|]\n",
        "M:3/4\nL:1/8\nK:G\nG2 A2|B6|c4 A2|G2\n",  # the last bar completes a pickup of two beats
    ],
)
def test_accepts_metrical_tunes(automaton: MetreAutomaton, text: str) -> None:
    assert "metrical" in judge_tune(DrawnText(text.rstrip("\n"))).levels
    assert automaton.accepts(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD + "A4|B8|c6|d8|\n", "a short bar within a section"),
        (HEAD + "A8|B8 c|d8|\n", "a bar that is too long"),
        (HEAD + "A8|B6|]\n", "a last bar that is short, and no pickup"),
        (HEAD + "D2|A8|B4|]\n", "one that lacks more than the pickup"),
        (HEAD + "|:D2|A8|B8:|\n", "a full bar that goes back to a pickup"),
        (HEAD + "|:D2|A8|1B8:|2c6|]\n", "a first ending that does so"),
        (HEAD + "A2|:D4 F4|A6:|\n", "a short bar that goes back to a full one"),
        (HEAD + "|:D2|A8|B6:|c8|d6|]\n", "a short bar before a full one"),
        (HEAD + "A8|]\nB2|c8|\n", "a pickup to a section after a full bar"),
        (HEAD + "D2|A8|B6|]\nB4|c8|\n", "one that is longer than the room"),
        (HEAD + "D2|A8|B6|]\nB|c8|\n", "one that is shorter"),
        (HEAD + "D2|A8|B6|]\n[M:3/4]D2|A6|\n", "a change of metre within a bar that is split"),
        (HEAD + "D4|A8|[M:2/4]B4|]\n", "a metre whose bar has no room for the pickup"),
        (HEAD + "|:A8|B4[1c4:|2d4|]\n", "an ending that begins within a bar"),
        (HEAD + "D2|A8|B6|\n", "a short last bar before a plain bar line"),
        (HEAD + "D2|A8|F8||A8|F8:|\n", "a repeat of what follows the double bar, or of all"),
        (HEAD + "D2|\n", "a pickup alone"),
        (HEAD + "|:A8|B8|\n", "a repeat that does not end"),
        (HEAD + "A8|1B8:|\n", "a first ending without a second"),
        (HEAD + "A8|2B8|\n", "a second ending without a first"),
        (HEAD + "A8-|z8|\n", "a tie to a rest"),
        (HEAD + "A8-|B8|\n", "a tie to another pitch"),
        (HEAD + "A8-|^A8|\n", "a tie to an altered pitch"),
        (HEAD + "(3AB|c8|\n", "a tuplet that lacks a note"),
        (HEAD + "A7>B|c8|\n", "broken rhythm that the bar has no room for"),
        (HEAD + "[A2B]7|\n", "a chord of two lengths"),
        (HEAD + "z8|\n", "a tune without a note"),
        (HEAD, "a tune without a body"),
        (HEAD + "A8|", "a tune without a line training_batches at its end"),
        (HEAD + "A8|\n\nB8|\n", "an empty line"),
    ],
)
def test_refuses(automaton: MetreAutomaton, text: str, why: str) -> None:
    assert not automaton.accepts(text), why


def test_accepts_most_real_tunes_that_are_metrical(
    automaton: MetreAutomaton, real_texts: list[tuple[str, bool]]
) -> None:
    metrical = [text for text, is_metrical in real_texts if is_metrical]
    assert len(metrical) > 100
    assert sum(map(automaton.accepts, metrical)) >= 0.9 * len(metrical)


def test_accepts_no_real_tune_that_is_not_metrical(
    automaton: MetreAutomaton, real_texts: list[tuple[str, bool]]
) -> None:
    others = [text for text, is_metrical in real_texts if not is_metrical]
    assert len(others) > 10
    assert not [text for text in others if automaton.accepts(text)]


@pytest.mark.parametrize(
    ("seed", "head"), [(1, ""), (2, JIG), (3, HEAD), (4, "M:none\nL:1/4\nK:Am\n")]
)
def test_whatever_it_accepts_is_metrical(automaton: MetreAutomaton, seed: int, head: str) -> None:
    for text in walks(automaton, seed, head):
        assert len(text) - len(head) <= CAP
        assert "metrical" in judge_tune(DrawnText(text.removesuffix("\n"))).levels, text


def test_a_tune_can_end_from_anywhere_within_the_distance(automaton: MetreAutomaton) -> None:
    states = automaton.begin(BATCH_SIZE)
    random = np.random.default_rng(5)
    for _ in range(40):
        masks = automaton.masks(states)
        states = automaton.advance(states, (masks * random.random(masks.shape)).argmax(axis=1))
        within = states.copy()
        remaining = automaton.distance(states)
        while True:
            near = automaton.masks(within, remaining)
            tokens = near.argmax(axis=1)  # the boundary, wherever it is among them
            assert near.any(axis=1).all()
            if not tokens.any():
                break
            at_end = tokens == BOUNDARY
            within = np.where(at_end, within, automaton.advance(within, tokens))
            remaining = np.where(at_end, remaining, remaining - 1)


def test_syntax_never_forbids_what_bars_and_ties_allow(automaton: MetreAutomaton) -> None:
    """The three automata agree, so none leads another into a dead end."""
    states = automaton.begin(BATCH_SIZE)
    random = np.random.default_rng(6)
    for _ in range(100):
        bars, ties, syntax = automaton.masks_by_part(states)
        both = bars & ties
        assert (both <= syntax).all()
        states = automaton.advance(states, (both * random.random(both.shape)).argmax(axis=1))


def test_says_where_a_text_is_refused(automaton: MetreAutomaton) -> None:
    assert automaton.refused_at(HEAD + "A8|B4|c8|\n") == len(HEAD + "A8|B4")
    assert automaton.refused_at(HEAD + "A8|é") == len(HEAD + "A8|")


def test_a_token_that_is_not_allowed_is_an_error(automaton: MetreAutomaton) -> None:
    with pytest.raises(ValueError, match="does not allow"):
        automaton.advance(automaton.begin(1), automaton.vocabulary.encode("|"))


def test_is_the_same_whatever_was_asked_before(automaton: MetreAutomaton) -> None:
    fresh = MetreAutomaton(Vocabulary(CHARACTERS))
    assert list(walks(fresh, 2, JIG)) == list(walks(automaton, 2, JIG))


def test_works_with_few_characters() -> None:
    automaton = MetreAutomaton(Vocabulary("".join(sorted(set(JIG + " ABc|")))))
    assert automaton.accepts(JIG + "ABc cBA|A6|\n")


def test_needs_characters_that_write_a_tune() -> None:
    with pytest.raises(UsageError, match="whole tune"):
        MetreAutomaton(Vocabulary("ABC"))


def test_loads_no_tensorflow() -> None:
    module = "tuneloom.model.constraints.metre.metre_automaton"
    code = f"import sys, {module}; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
