"""Two engines, one grammar: whatever the text, they say the same."""

import random
from collections.abc import Callable
from importlib.resources import files

import pytest

from tests.support.engines import engine_accepts
from tests.support.random_texts import Walker, mutant
from tuneloom.corpus.record import RawTune
from tuneloom.grammar.automaton.automaton import Automaton
from tuneloom.grammar.automaton.build import compile_grammar
from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.automaton.nfa import DEAD
from tuneloom.grammar.automaton.proof import counter_example
from tuneloom.grammar.automaton.rule_trees import RecursiveRule
from tuneloom.grammar.source.resolver import resolve_tune

GRAMMAR = files("tuneloom.grammar").joinpath("abc.lark").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def automaton() -> Automaton:
    return load_automaton()


@pytest.fixture(scope="module")
def resolved_tunes(real_tunes: Callable[[str], list[RawTune]]) -> list[str]:
    tunes = [*real_tunes("nottingham/ABC_original"), *real_tunes("irish")]
    return [resolve_tune(tune.text).text for tune in tunes]


def test_the_languages_of_both_engines_are_proved_equal() -> None:
    assert counter_example(compile_grammar(GRAMMAR)) is None


def test_the_proof_finds_the_shortest_text_on_which_they_would_differ() -> None:
    grammar = 'start: (DOT | PAIR | DASH)* END\nPAIR: ".("\nDOT: "."\nDASH: "(-"\nEND: "\\n"\n'
    assert counter_example(compile_grammar(grammar)) == ".(-\n"


def test_a_recursive_rule_is_refused_by_name() -> None:
    with pytest.raises(RecursiveRule, match="slur -> slur"):
        compile_grammar('start: slur\nslur: OPEN slur* CLOSE\nOPEN: "("\nCLOSE: ")"\n')


def test_real_tunes_get_one_verdict(automaton: Automaton, resolved_tunes: list[str]) -> None:
    assert [automaton.accepts(text) for text in resolved_tunes] == [
        engine_accepts(text) for text in resolved_tunes
    ]


def test_mutants_of_real_tunes_get_one_verdict(
    automaton: Automaton, resolved_tunes: list[str]
) -> None:
    randomly = random.Random(1)
    for text in randomly.choices(resolved_tunes, k=1000):
        changed = mutant(text, randomly)
        assert automaton.accepts(changed) == engine_accepts(changed), changed


def test_random_walks_are_tunes_to_both(automaton: Automaton) -> None:
    walker = Walker(automaton, random.Random(1))
    for _ in range(300):
        text = walker.walk(300)
        assert automaton.accepts(text)
        assert engine_accepts(text), text


@pytest.mark.slow
def test_two_thousand_walks_use_every_transition(automaton: Automaton) -> None:
    walker = Walker(automaton, random.Random(1))
    for _ in range(2000):
        walker.walk(2000)
    assert len(walker.used) == sum(t != DEAD for row in automaton.transitions for t in row)


@pytest.mark.parametrize("text", ["X:1\nK:D\nA|", "X:1\nK:D\nA|\nk", "X:1\nK:D\n\x00", "", "é"])
def test_a_text_that_is_cut_off_or_ends_in_what_is_not_possible_is_no_tune(
    automaton: Automaton, text: str
) -> None:
    assert not automaton.accepts(text)


def test_the_first_error_is_told_with_what_could_have_stood_there(automaton: Automaton) -> None:
    assert automaton.first_error("X:1\nK:D\nA|\n") is None
    volta = automaton.first_error("X:1\nK:D\nA| 1 B|\n")
    assert volta is not None
    assert volta.offset == 11
    assert "A" in volta.expected
    assert "1" not in volta.expected
    unfinished = automaton.first_error("X:1\nT:x")
    assert unfinished is not None
    assert (unfinished.offset, unfinished.other) == (7, True)


def test_distance_counts_the_characters_to_the_nearest_whole_tune(automaton: Automaton) -> None:
    assert automaton.distance[0] == len("K:\n")
    for row, accepts, distance in zip(
        automaton.transitions, automaton.accepting, automaton.distance, strict=True
    ):
        nearest = min(automaton.distance[target] for target in row if target != DEAD)
        assert distance == (0 if accepts else nearest + 1)


def test_every_state_is_reached(automaton: Automaton) -> None:
    reached = {target for row in automaton.transitions for target in row}
    assert reached - {DEAD} >= set(range(1, len(automaton.accepting)))
