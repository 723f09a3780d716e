"""Repairs of single characters that have no meaning where they are, or that belong a little further on."""

from __future__ import annotations

import re

from tuneloom.grammar.repairs.cut_lines import is_last_music, is_music_at
from tuneloom.grammar.repairs.fields_in_music import comment_line
from tuneloom.grammar.repairs.interface import Repair, RepairPlace
from tuneloom.grammar.repairs.notes import is_skipped
from tuneloom.grammar.source.segments import is_field

__all__ = ["STRAY_MARKS"]

_MAX_DROPPED_LETTERS = 2  # different ones in a tune: more of them are words
_LETTERS_OF_PLAYERS = frozenset("Rt")  # a roll and a trill to abcjs
_BEFORE_A_NOTE = re.compile(r"[\^=_A-Ga-gzx\[({.~\"HLMOPSTuv]")
# The last note before a tie, and the bar line between them.
_NOTE_BEFORE = re.compile(r"(?:[A-Ga-g][,']*[0-9/]*|\][0-9/]*)(?P<between>[\s|:\[\]!]*)$")
_TRIPLET = re.compile(r"[34](?=[A-Ga-g][,']*[A-Ga-g])")
_SPACED_DECORATION = re.compile(r"!([^!|:\[\]\x22]+)!")
_PITCH = re.compile(r"[A-Ga-g][,']*")
# Not after a tie that is still open, which abcjs ends with a second one.
_REST_AT_END = re.compile(r"(?:^|[^-\s|:])[\s|:]*[zx][0-9/]*[ \t]*$")
_BANGS = re.compile("!+")
_LAST_SLASH = re.compile(r"/(?=[^/0-9]|$)")


def _drop_character(_: str, place: RepairPlace) -> str:
    return place.with_line(
        place.current_line[: place.column] + place.current_line[place.column + 1 :]
    )


def _drop_skipped_bracket(text: str, place: RepairPlace) -> str:
    """A `}` that players skip, or a `]` alone after all music: elsewhere it is a bar line to abcjs."""
    line, column = place.current_line, place.column
    if line.strip() in ("}", "]"):
        return comment_line(text, place) if is_last_music(place, place.line) else text
    if line[column] == "}" and is_skipped(line, column, column + 1):
        return _drop_character(text, place)
    return text


def _drop_bracket(text: str, place: RepairPlace) -> str:
    """A bracket alone in its line stays there as a comment, since an empty line would end the tune."""
    if place.current_line.strip() in ("}", "]"):
        return comment_line(text, place)
    return _drop_character(text, place)


def _drop_skipped_letter(text: str, place: RepairPlace) -> str:
    """A letter that players skip: abcjs knows some more, and one before a note ends what is for the note."""
    line, column = place.current_line, place.column
    is_clear = _PITCH.search(line, column) and is_skipped(line, column, column + 1)
    if line[column] in _LETTERS_OF_PLAYERS or not is_clear:
        return text
    return _drop_letter(text, place)


def _drop_letter(text: str, place: RepairPlace) -> str:
    """A letter without a meaning before a note, but not a word: a line without bar lines may be words."""
    line, column = place.current_line, place.column
    if "|" not in line:
        return text
    following, letter = line[column + 1 : column + 2], line[column : column + 1]
    if not letter.isalpha() or not _BEFORE_A_NOTE.match(following) or is_field(line, in_body=False):
        return text
    if any(re.match(rf"U:\s*{letter}\s*=", each) for each in place.lines):
        return text  # a symbol of this tune, whatever it stands for
    place.dropped_letters.add(letter)
    if len(place.dropped_letters) > _MAX_DROPPED_LETTERS:
        return text
    return _drop_character(text, place)


def _move_tie_between_equals(text: str, place: RepairPlace) -> str:
    """A tie after the bar line, on one line and between two notes of one name: all players tie them."""
    line, column = place.current_line, place.column
    before = re.search(r"([A-Ga-g][,']*)[0-9/]*[\s|:\[\]]*$", line[:column])
    after = _PITCH.match(line, column + 1)
    is_same = before is not None and after is not None and before[1] == after[0]
    # After a bar line, a tied note has the accidental of the first, and one that is not tied has none.
    has_accidental = any(sign in line[:column] for sign in "^_=")
    return _move_tie(text, place) if is_same and not has_accidental else text


def _move_tie(text: str, place: RepairPlace) -> str:
    """A tie after the bar line or at the line's beginning goes back to its first note."""
    line, column = place.current_line, place.column
    without_tie = line[:column] + line[column + 1 :]
    is_at_start = not line[:column].strip()
    earlier = place.line - 1 if is_at_start else place.line
    if not is_music_at(place.lines, earlier):
        return text
    match = _NOTE_BEFORE.search(place.lines[earlier] if is_at_start else line[:column])
    if match is None:
        return text
    lines = list(place.lines)
    lines[place.line] = without_tie
    target, end = lines[earlier], match.start("between")
    lines[earlier] = f"{target[:end]}-{target[end:]}"
    return "\n".join(lines)


def _drop_tie_of_rest(text: str, place: RepairPlace) -> str:
    is_after_rest = _REST_AT_END.search(place.current_line[: place.column])
    return _drop_character(text, place) if is_after_rest else text


def _drop_backslash(text: str, place: RepairPlace) -> str:
    r"""`\bigskip` and its like are commands of TeX; elsewhere a `\` in a line does nothing."""
    if place.current_line.startswith("\\") and place.current_line[1:2].isalpha():
        return comment_line(text, place)
    return _drop_character(text, place)


def _drop_skipped_backslash(text: str, place: RepairPlace) -> str:
    """A command of TeX, or a `\\` that players skip; abcjs skips a line that begins with one."""
    line, column = place.current_line, place.column
    is_clear = line[1:2].isalpha() if column == 0 else is_skipped(line, column, column + 1)
    return _drop_backslash(text, place) if is_clear else text


def _drop_skipped_bang(text: str, place: RepairPlace) -> str:
    """A `!` written twice before the first note of a line: elsewhere abcjs begins a new line with it."""
    is_first = not place.current_line[: place.column].strip("! ")
    run = _BANGS.match(place.current_line, place.column)
    is_before_note = run and _BEFORE_A_NOTE.match(place.current_line, run.end())
    return _drop_character(text, place) if is_first and is_before_note else text


def _drop_last_quote(text: str, place: RepairPlace) -> str:
    """A quote with nothing after it quotes nothing."""
    if place.current_line[place.column :].strip() == '"':
        return _drop_character(text, place)
    return text


def _write_triplet(text: str, place: RepairPlace) -> str:
    line, column = place.current_line, place.column
    if _TRIPLET.match(line, column):
        return place.with_line(f"{line[:column]}({line[column:]}")
    return text


def _drop_slash(text: str, place: RepairPlace) -> str:
    """`f/2/`: the second slash is one too many."""
    if _LAST_SLASH.match(place.current_line, place.column):
        return _drop_character(text, place)
    return text


def _quote_performance_text(text: str, place: RepairPlace) -> str:
    """`!D.C. al Fine!`; where a name in small letters comes first, abc2midi may play it: `!trill a!`."""
    follows = place.current_line[place.column + 1 : place.column + 2]
    return _quote_decoration(text, place) if follows.isupper() else text


def _quote_decoration(text: str, place: RepairPlace) -> str:
    """`!D.C. al Fine!` is a text, which sounds no more than a decoration without a meaning."""
    line, column = place.current_line, place.column
    match = _SPACED_DECORATION.match(line, column)
    if match is None:
        return text
    return place.with_line(f'{line[:column]}"^{match[1].strip()}"{line[match.end() :]}')


STRAY_MARKS = (
    Repair(
        "spaced-decoration", "decoration-blank", "`!D.C. al Fine!` is a text",
        "error", _quote_performance_text,
    ),
    Repair(
        "name-with-blank", "decoration-blank", "`!trill a!` is a text, though abc2midi plays a trill",
        "error", _quote_decoration, safe=False,
    ),
    Repair(
        "letter", "unknown-letter", "a letter without a meaning before a note",
        "error", _drop_skipped_letter,
    ),
    Repair(
        "letter-between", "unknown-letter", "a letter in a chord, before a length, or after a decoration",
        "error", _drop_letter, safe=False,
    ),
    Repair("triplet", "stray-number", "`3ABc` for `(3ABc`", "error", _write_triplet, safe=False),
    Repair(
        "triplet-after-bar-line", "detached-volta", "`3ABc` for `(3ABc`",
        "error", _write_triplet, safe=False,
    ),
    Repair("second-slash", "bad-length", "`f/2/` for `f/2`", "error", _drop_slash, safe=False),
    Repair(
        "tie-after-bar-line", "stray-tie", "a tie after the bar line",
        "error", _move_tie_between_equals,
    ),
    Repair(
        "tie-elsewhere", "stray-tie", "a tie on the next line, or between two pitches",
        "error", _move_tie, safe=False,
    ),
    Repair("tie-after-rest", "stray-tie", "a tie after a rest", "error", _drop_tie_of_rest),
    # Unsafe: abcjs ties the note before the grace notes.
    Repair(
        "tie-after-grace", "stray-tie", "a tie after grace notes, or anywhere else",
        "error", _drop_character, safe=False,
    ),
    Repair(
        "last-quote", "unclosed-quote", "a quote at the end of a line",
        "error", _drop_last_quote,
    ),
    Repair(
        "backslash", "stray-backslash", "commands of TeX, and a `\\` inside a line",
        "error", _drop_skipped_backslash,
    ),
    Repair(
        "backslash-between", "stray-backslash", "a `\\` between a note and what belongs to it",
        "error", _drop_backslash, safe=False,
    ),
    Repair(
        "closing-bracket", "stray-close", "a `}` that closes nothing, and a `]` alone after all music",
        "error", _drop_skipped_bracket,
    ),
    Repair(
        "bracket-between", "stray-close", "a `]` that closes nothing, or a `}` before a length",
        "error", _drop_bracket, safe=False,
    ),
    Repair(
        "second-bang", "stray-bang", "a `!` written twice at the beginning of a line",
        "error", _drop_skipped_bang,
    ),
    Repair(
        "bang-in-line", "stray-bang", "a `!` written twice elsewhere",
        "error", _drop_character, safe=False,
    ),
)  # fmt: skip
