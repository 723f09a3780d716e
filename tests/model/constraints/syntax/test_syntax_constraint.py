"""The mask's language beside the score's verdict: what is a tune to one is one to the other."""

from random import Random

import numpy as np
import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.source.resolver import resolve_tune
from tuneloom.model.constraints.syntax.syntax_constraint import syntax_constraint
from tuneloom.model.constraints.syntax.token_automaton import TokenAutomaton
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER, DrawnText
from tuneloom.model.score.tunes.verdict import judge_tune

MELODY = "\n #'(,-/123456789:<=>ABCDEFGKLMRZ[]^_abcdefghijlmnoprstwxyz|"
# Whatever has a meaning to the resolver or the score, with music enough to meet it in.
PITFALLS = '\n\t !"%+/123:=AIKLMQTUVX[\\]aemnrtw{|}~é'
TUNE = (
    "R:jig\nM:6/8\nL:1/8\nK:Edor\n|:B2 | (3efg e>d [EB]2 |1 _B^c=d z3 :|2 A,2 c'/ d// x :|\n"
    "[K:G] [M:2/4] g2- g2 || Z2 |]\n"
)


def accepts(table: TokenAutomaton, vocabulary: Vocabulary, text: str) -> bool:
    tokens = vocabulary.encode(text).tolist()
    return table.min_length(tokens) == len(tokens) + 1


def is_tune(text: str) -> bool:
    return bool(judge_tune(DrawnText(text.rstrip("\n"))).levels)


def is_left_as_it_is(text: str) -> bool:
    """Whether the resolver removes nothing but blanks at the ends of lines."""
    lines = (DRAW_HEADER + text).rstrip("\n").split("\n")
    return resolve_tune(DRAW_HEADER + text).text == "".join(line.rstrip() + "\n" for line in lines)


def walk(table: TokenAutomaton, random: Random, longest: int) -> list[int]:
    """Tokens by chance, among those that leave room to end."""
    tokens: list[int] = []
    state = 0
    while True:
        allowed = np.flatnonzero(table.needed[state] <= longest - len(tokens)).tolist()
        token = random.choice(allowed)
        if token == 0:
            return tokens
        tokens.append(token)
        state = int(table.following[state, token])


@pytest.fixture(scope="module")
def melody() -> TokenAutomaton:
    return syntax_constraint(Vocabulary(MELODY))


@pytest.mark.parametrize("characters", [MELODY, PITFALLS], ids=["melody", "pitfalls"])
def test_every_walk_is_a_tune_and_means_what_it_says(characters: str) -> None:
    table, random = syntax_constraint(Vocabulary(characters)), Random(1)
    for _ in range(500):
        text = Vocabulary(characters).decode(np.array(walk(table, random, 80)))
        assert is_tune(text)
        assert parse(DRAW_HEADER + text).parseable
        assert is_left_as_it_is(text)


def test_a_mutant_of_a_tune_is_in_the_language_if_the_score_takes_it_as_it_is(
    melody: TokenAutomaton,
) -> None:
    random, vocabulary = Random(2), Vocabulary(MELODY)
    characters = ["", *MELODY.replace("m", "")]  # `m:` defines a macro, which the mask leaves out
    verdicts = []
    for _ in range(3000):
        text = TUNE
        for _ in range(random.choice([1, 1, 2, 3])):
            place = random.randrange(len(text))
            text = text[:place] + random.choice(characters) + text[place + random.choice([0, 1]) :]
        verdicts.append(is_tune(text) and is_left_as_it_is(text))
        assert accepts(melody, vocabulary, text) == verdicts[-1], text
    assert 500 < sum(verdicts) < 2500


@pytest.mark.parametrize(
    "text",
    [
        "",
        "K:D\n",
        "K:D\nz4 |\n",
        'K:D\nA "x\\%" |',
        "K:D\nA |\n\n",
        "K:D\nA | \n",
        "K:D\n{A} z\n",
        "K:D\n[K:A] z\n",
        'K:D\n"A" !A!z\n',
        "K:D\nw:A\nz\n",
        "K:D\nT:A\n[V]\n",
        "T:A\nK:D\n[MA] |\n",
        "K:D\n\nA\n",
        "K:D\n \nA\n",
        "K:D\nA\n \n",
        "K:D\nX:|A\n",
        "K:D\nA (3 \n",
    ],
)
def test_text_of_every_kind_is_judged_as_the_score_judges_it(text: str) -> None:
    characters = "".join(sorted({*MELODY, *'"!%\\{}VXTw'}))
    table = syntax_constraint(Vocabulary(characters))
    assert accepts(table, Vocabulary(characters), text) == is_tune(text)


@pytest.mark.parametrize(
    "text",
    [
        "K:D\nA % remark\n",
        "K:D\nA \\\nB\n",
        "m:A=z\nK:D\nB\n",
        "K:D\nU:T=!trill!\nTA\n",
        "I:decoration +\nK:D\nA\n",
        "K:D\nV:1\nA\n",
        "K:D\nA [V:2] B\n",
    ],
)
def test_what_would_make_others_mean_something_else_is_not_written(text: str) -> None:
    characters = "".join(sorted({*MELODY, *"!%\\+UVIT"}))
    assert is_tune(text)
    assert not accepts(syntax_constraint(Vocabulary(characters)), Vocabulary(characters), text)


def test_the_shortest_tune_is_a_key_and_a_note(melody: TokenAutomaton) -> None:
    assert melody.min_length([]) == len("K:\nA") + 1
