"""The grammar says no: to prose, and to real tunes in which something no longer closes."""

import random
from collections.abc import Callable, Iterator
from pydoc_data.topics import topics

import pytest

from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse, read_book
from tuneloom.grammar.repairs import repair

# English prose that every Python carries: its own manual.
PROSE = [topics[name] for name in sorted(topics)[:20]]


@pytest.mark.parametrize("text", PROSE)
def test_prose_alone_holds_no_tune(text: str) -> None:
    assert not any(parse(tune.text).parseable for tune in read_book(text.encode()).tunes)
    assert not parse(text).parseable


@pytest.mark.parametrize("text", PROSE)
def test_prose_under_a_header_is_no_tune(text: str) -> None:
    paragraph = "\n".join(line for line in text.splitlines() if line.strip())
    tune = f"X:1\nT:Prose\nM:4/4\nL:1/8\nK:D\n{paragraph}\n"
    assert not parse(tune).parseable
    assert not repair(tune, unsafe=True).parsed.parseable


def closings(text: str) -> Iterator[int]:
    """Where, in the body, a quote, a chord, an inline field or a grace group closes."""
    offset = text.index("\nK:") + 1
    for line in text[offset:].splitlines(keepends=True):
        if line[1:2] != ":" and "%" not in line:
            yield from _closings_of_line(line, offset)
        offset += len(line)


def _closings_of_line(line: str, offset: int) -> Iterator[int]:
    opened = ""
    for index, char in enumerate(line):
        if opened and char == {'"': '"', "[": "]", "{": "}"}[opened]:
            yield offset + index
            opened = ""
        elif not opened and (char in '"{' or (char == "[" and line[index + 1].isalpha())):
            opened = char


def test_real_tunes_in_which_one_thing_no_longer_closes_are_refused(
    real_tunes: Callable[[str], list[RawTune]],
) -> None:
    randomly = random.Random(1)
    texts = [tune.text for tune in real_tunes("nottingham/ABC_original")]
    closing = [t for t in randomly.sample(texts, 300) if parse(t).parseable and any(closings(t))]
    refused = 0
    for text in closing[:200]:
        place = randomly.choice(list(closings(text)))
        refused += not parse(text[:place] + text[place + 1 :]).parseable
    assert refused >= 190
