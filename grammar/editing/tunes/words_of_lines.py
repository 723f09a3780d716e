"""The words (w:) of lines of music that are broken elsewhere: each syllable stays with its note (5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.tune.elements import Bar, Element, Field, LineBreak, Tune
from tuneloom.grammar.tune.lyrics import Syllable

__all__ = ["divide_words", "join_words", "says_as_much"]

# A syllable with the hyphens after it that divide a word, or a sign in place of one.
_NOTE_WORD = re.compile(r"(?:\\-|[^\s\-_*|])+-?|[\-_*]")
_NO_WORD = "*"


def join_words(lines: Sequence[str], notes: Sequence[int]) -> list[str]:
    """The words of some w: lines note by note; `notes` has the number of notes of each line's music.

    Raises:
        CannotEdit: a line moves on by bars, goes on elsewhere, or has more syllables than notes.
    """
    words: list[str] = []
    for line, count in zip(lines, notes, strict=True):
        own = _NOTE_WORD.findall(line[2:])
        if "|" in line or "%" in line or line.rstrip().endswith("\\") or len(own) > count:
            raise CannotEdit(f"its words ({line[:2]}) cannot be divided at other bars")
        words += [*own, *[_NO_WORD] * (count - len(own))]
    return words


def divide_words(words: Sequence[str], notes: Sequence[int]) -> Iterator[str]:
    """A w: line for each number of notes."""
    start = 0
    for count in notes:
        own = list(words[start : start + count])
        if own and own[-1][-1] not in "-_*" and words[start + count : start + count + 1] == ["-"]:
            own[-1] += "-"  # a word is divided before a hyphen with a note of its own
        while len(own) > 1 and own[-1] == _NO_WORD:
            own.pop()
        yield f"w:{_spelt(own)}" if own else "w:"
        start += count


def _spelt(words: Sequence[str]) -> str:
    text = ""
    for word in words:
        joins = len(text) > 1 and text[-1] == "-" and text[-2] not in " -" and word[0] not in "-_*"
        text += word if joins or not text else f" {word}"
    return text


def says_as_much(before: Tune, after: Tune) -> bool:
    """Whether two tunes are the same music but for breaks, with the same words under each note."""
    return musically_equal(_without_words(before), _without_words(after)) and (
        _words_under_notes(before) == _words_under_notes(after)
    )


def _without_words(tune: Tune) -> Tune:
    voices = (
        replace(voice, bars=tuple(map(_bar_without_words, voice.bars)), verses=())
        for voice in tune.voices
    )
    return replace(tune, voices=tuple(voices))


def _bar_without_words(bar: Bar) -> Bar:
    kept = (e for e in bar.elements if not (isinstance(e, LineBreak) or _is_words(e)))
    return replace(bar, elements=tuple(kept))


def _is_words(element: Element) -> bool:
    return isinstance(element, Field) and element.letter == "w"


def _words_under_notes(tune: Tune) -> list[tuple[Syllable, ...]]:
    return [note.syllables for v in tune.voices if v.verses for note in v.notes()]
