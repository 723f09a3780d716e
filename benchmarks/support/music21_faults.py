"""Known faults of music21's ABC reader, each with a way to write a tune that avoids it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tuneloom.grammar import parse
from tuneloom.grammar.tune.durations import broken_factors, parse_length

__all__ = ["WORKAROUNDS", "Workaround"]

_FIELD_LINE = re.compile(r"(?:[A-Za-z]:(?!\|)|%)")
_NOTE = r"(?:[\^_=]*[A-Ga-gzx][,']*|\[[^\]:|0-9][^\]]*\])"
_LENGTH = r"[0-9/]*"
_TIED_ARROW = re.compile(rf"({_NOTE})({_LENGTH})(-?)(>+|<+)(-?)({_NOTE})({_LENGTH})")


@dataclass(frozen=True, slots=True)
class Workaround:
    """A fault of music21, and a rewriting of tunes that avoids it."""

    fault: str
    rewrite: Callable[[str], str]


def _in_music(change: Callable[[str], str]) -> Callable[[str], str]:
    """Apply a change of one line to every line of music of a tune."""

    def rewrite(text: str) -> str:
        header, key, body = _body_of(text)
        lines = [line if _FIELD_LINE.match(line) else change(line) for line in body.split("\n")]
        return header + key + "\n".join(lines)

    return rewrite


def _body_of(text: str) -> tuple[str, str, str]:
    match = re.search(r"^K:.*\n", text, re.MULTILINE)
    if match is None:
        return text, "", ""
    return text[: match.start()], match.group(), text[match.end() :]


def _without_marks(line: str) -> str:
    line = re.sub(r'"[^"]*"|![^!\s|:\[\]]+!', "", line)
    line = re.sub(r"[~HLMOPSTuv.](?=[\^_=~HLMOPSTuv.(\[{]*[A-Ga-gzx({\[])", "", line)
    return re.sub(r"(?<![A-Za-z!])x", "z", line)


def _without_slurs_and_plain_graces(line: str) -> str:
    """Grace notes with an accidental stay, since the accidental may affect later notes."""
    line = re.sub(r"\{[^}^=_]*\}", "", line)
    return re.sub(r"\((?![2-9])|\)", "", line)


def _plain_ties_and_chords(line: str) -> str:
    """Attach ties to their notes, remove blanks in chords, replace arrows next to ties by lengths."""
    line = re.sub(r" +-(?=[ \"|A-Ga-g=^_(\[])", "-", line)
    line = re.sub(r"\[(?![A-Za-z]:|[0-9|])[^\]|]*\]", lambda m: m[0].replace(" ", ""), line)
    return _TIED_ARROW.sub(_with_lengths, line)


def _with_lengths(match: re.Match[str]) -> str:
    first, length, tie, arrows, late_tie, second, other = match.groups()
    before, after = broken_factors(arrows[0], len(arrows))
    lengths = parse_length(length) * before, parse_length(other) * after
    return f"{first}{lengths[0]}{tie or late_tie}{second}{lengths[1]}"


def _without_bars_to_fill(text: str) -> str:
    """Remove the metre, so that music21 has no bars to split notes at; the unit length is kept."""
    parsed = parse(text)
    if not parsed.parseable:
        return text
    text = re.sub(r"^M:.*\n|\[M:[^\]]*\]", "", text, flags=re.MULTILINE)
    header, key, body = _body_of(text)
    header = re.sub(r"^L:.*\n", "", header, flags=re.MULTILINE)
    return f"{header}L:{parsed.tune.unit_note_length}\n{key}{body}"


WORKAROUNDS = (
    Workaround(
        "a capital letter before `::` is taken for a field",
        _in_music(lambda line: re.sub(r"(?<!:)::(?!:)", ":| |:", line)),
    ),
    Workaround(
        "notes after H, annotations and some decorations are lost", _in_music(_without_marks)
    ),
    Workaround(
        "broken rhythm is lost across slurs and grace notes",
        _in_music(_without_slurs_and_plain_graces),
    ),
    Workaround("broken rhythm is lost across ties", _in_music(_plain_ties_and_chords)),
    Workaround("a note that overfills its bar is split", _without_bars_to_fill),
)
