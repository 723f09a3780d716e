"""Repairs of what the grammar stops at: it says where, and a mend for that kind of error says what to do.

Lines keep their numbers: what was cut into two lines is joined with a continuation (6.1.1). A tune is
mended only if it becomes parseable, and prose never does: letters are dropped where they stand alone
before a note, and no more than two different ones in a tune.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tuneloom.grammar.parsing.parser import MAX_CHARACTERS, parse
from tuneloom.grammar.parsing.result import ParsedTune, ParseFailure

__all__ = ["MENDS", "Mend", "Mended", "mend"]

_MOST_MENDS = 60
_MOST_LETTERS = 2
_FIELD = re.compile(r"[A-Za-z]:")
_BODY_FIELD = re.compile(r"(?:[H-Wh-w]|\+):")
_BEFORE_A_NOTE = re.compile(r"[\^=_A-Ga-gzx\[({.~\"HLMOPSTuv]")
# A field in the middle of music, with a value whose end can be told.
_FIELD_IN_MUSIC = re.compile(
    r"(?P<letter>[MLK]):[ ]?(?P<value>\d+/\d+|C\|"
    r"|[A-G][#b]?(?:m(?![a-z])|(?:maj|min|mix|dor|phr|lyd|loc|aeo)[a-z]*)?(?=[ \t\\]|$))"
)
_METER = re.compile(r"M:\s*(?P<free>FREI)?\s*(?P<value>\d+/\d+|C\|?)?(?P<rest>.*)$")
_FLATS = {"B_": "Bb", "BB": "Bb", "Es": "Eb", "As": "Ab"}
# The last note before a tie, and the bar line that stands between them.
_NOTE_BEFORE = re.compile(r"(?:[A-Ga-g][,']*[0-9/]*|\][0-9/]*)(?P<between>[\s|:\[\]!]*)$")


@dataclass(slots=True)
class _Tune:
    """The lines of a tune that is being mended, and the letters that were dropped from it."""

    lines: list[str]
    letters: set[str] = field(default_factory=set)

    def is_music(self, index: int) -> bool:
        if not 0 <= index < len(self.lines):
            return False
        line = self.lines[index]
        in_body = any(earlier.startswith("K:") for earlier in self.lines[:index])
        return in_body and bool(line.strip()) and line[0] != "%" and not _BODY_FIELD.match(line)

    def join(self, index: int) -> bool:
        """Join a music line to the next one."""
        line = self.lines[index] if index >= 0 else ""
        if not (self.is_music(index) and self.is_music(index + 1)) or "%" in line:
            return False
        if line.rstrip().endswith("\\"):
            return False
        self.lines[index] = line.rstrip() + "\\"
        return True

    def drop(self, index: int, column: int, count: int = 1) -> bool:
        line = self.lines[index]
        self.lines[index] = line[:column] + line[column + count :]
        return True

    def comment(self, index: int) -> bool:
        self.lines[index] = "%" + self.lines[index]
        return True


# What a mend does: change the tune at a line and a column, both from 0, or say that it cannot.
_Change = Callable[[_Tune, int, int], bool]


@dataclass(frozen=True, slots=True)
class Mend:
    """The repair of one kind of syntax error, by the code of the error."""

    code: str
    summary: str
    change: _Change
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Mended:
    text: str
    codes: tuple[str, ...]
    parsed: ParsedTune


def mend(
    text: str, failure: ParseFailure, line: int, file_header: str, unsafe: bool = False
) -> Mended | None:
    """Mend a text until it is a tune; None if that cannot be done."""
    if len(text) > MAX_CHARACTERS:
        return None
    tune = _Tune(text.split("\n"))
    codes: list[str] = []
    before = ""
    for _ in range(_MOST_MENDS):
        found = failure.diagnostics[0]
        index, column = found.line - line, found.column - 1
        if not 0 <= index < len(tune.lines) or not _change(found.code, tune, index, column, unsafe):
            return None
        text = "\n".join(tune.lines)
        if text == before:
            return None
        before = text
        codes.append(found.code)
        parsed = parse(text, line, file_header)
        if parsed.parseable:
            return Mended(text, tuple(dict.fromkeys(codes)), parsed)
        failure = parsed
    return None


def _change(code: str, tune: _Tune, index: int, column: int, unsafe: bool) -> bool:
    mends = (each for each in MENDS if each.code == code and (each.safe or unsafe))
    return any(each.change(tune, index, column) for each in mends)


def _join_where_cut(tune: _Tune, index: int, column: int) -> bool:
    """Join the line before if the error stands at its line's beginning, the next if at its end."""
    line = tune.lines[index]
    if not line[:column].strip():
        return tune.join(index - 1)
    # Only what is left open may stand between the error and the end of its line.
    return not re.search(r"[|\s]\S", line[column:].rstrip()[1:]) and tune.join(index)


def _soft_line_break(tune: _Tune, index: int, column: int) -> bool:
    """E-mail cut a long line with `=`."""
    line = tune.lines[index]
    if line[column:].rstrip() == "=" and tune.is_music(index + 1):
        tune.lines[index] = line[:column] + "\\"
        return True
    return False


def _drop_letter(tune: _Tune, index: int, column: int) -> bool:
    """A letter without a meaning before a note, but not a word."""
    line = tune.lines[index]
    following, letter = line[column + 1 : column + 2], line[column : column + 1]
    if not letter.isalpha() or not _BEFORE_A_NOTE.match(following):
        return False
    tune.letters.add(letter)
    return len(tune.letters) <= _MOST_LETTERS and tune.drop(index, column)


def _comment_field(tune: _Tune, index: int, _: int) -> bool:
    """A field that the body may not have, such as C: or E:, says nothing that sounds."""
    return bool(_FIELD.match(tune.lines[index])) and tune.comment(index)


def _comment(tune: _Tune, index: int, _: int) -> bool:
    return tune.comment(index)


def _mend_meter(tune: _Tune, index: int, _: int) -> bool:
    line = tune.lines[index]
    match = _METER.match(line)
    if match is None:
        return False
    rest = match["rest"].strip()
    if match["free"] or rest.lower() in ("libre", "llibre", "free"):
        tune.lines[index] = "M:none"
    elif match["value"] and re.fullmatch(r"[a-z:\]]", rest):
        tune.lines[index] = f"M:{match['value']}"
    else:
        return _bracket_meter(tune, index, 0)
    return True


def _bracket_meter(tune: _Tune, index: int, column: int) -> bool:
    """`|M:3/4 ABc` is `|[M:3/4] ABc`; a metre changes no note."""
    return _bracket_field(tune, index, column, "M")


def _bracket_key(tune: _Tune, index: int, column: int) -> bool:
    """`|K:G ABc` is `|[K:G] ABc`; a program that overlooked it played in the key before."""
    return _bracket_field(tune, index, column, "KL")


def _bracket_field(tune: _Tune, index: int, column: int, letters: str) -> bool:
    line = tune.lines[index]
    match = _FIELD_IN_MUSIC.match(line, column)
    if match is None or match["letter"] not in letters or line[column - 1 : column] == "[":
        return False
    tune.lines[index] = f"{line[:column]}[{match['letter']}:{match['value']}]{line[match.end() :]}"
    return True


def _mend_key(tune: _Tune, index: int, _: int) -> bool:
    """`K:Bn` for B natural, and a tonic in a small letter."""
    tonic, _blank, rest = tune.lines[index][2:].strip().partition(" ")
    if tonic == "Bn":
        tonic = "B"
    elif tonic[:1].islower():
        tonic = tonic[0].upper() + tonic[1:]
    else:
        return False
    tune.lines[index] = f"K:{tonic} {rest}".rstrip()
    return True


def _mend_flat(tune: _Tune, index: int, _: int) -> bool:
    """Flats as others write them; a program that did not know them played another key."""
    tonic, _blank, rest = tune.lines[index][2:].strip().partition(" ")
    if tonic not in _FLATS:
        return False
    tune.lines[index] = f"K:{_FLATS[tonic]} {rest}".rstrip()
    return True


def _move_tie(tune: _Tune, index: int, column: int) -> bool:
    """A tie behind the bar line or at the line's beginning goes back to its first note."""
    line = tune.lines[index]
    earlier = index if line[:column].strip() else index - 1
    before = line[:column] if earlier == index else tune.lines[earlier]
    match = _NOTE_BEFORE.search(before)
    if match is None or not tune.is_music(earlier):
        return False
    tune.lines[index] = line[:column] + line[column + 1 :]
    target, place = tune.lines[earlier], match.start("between")
    tune.lines[earlier] = f"{target[:place]}-{target[place:]}"
    return True


def _quote_tempo(tune: _Tune, index: int, _: int) -> bool:
    match = re.match(
        r"Q:\s*(?P<beat>\d+/\d+=\d+)?\s*(?P<words>[^\"=]*[A-Za-z][^\"=]*)$", tune.lines[index]
    )
    if match is None:
        return tune.lines[index].startswith("Q:") and tune.comment(index)
    beat = f"{match['beat']} " if match["beat"] else ""
    tune.lines[index] = f'Q:{beat}"{match["words"].strip()}"'
    return True


def _drop_character(tune: _Tune, index: int, column: int) -> bool:
    return tune.drop(index, column)


def _drop_backslash(tune: _Tune, index: int, column: int) -> bool:
    r"""`\bigskip` and its like are commands of TeX; elsewhere a `\` in a line does nothing."""
    if tune.lines[index].startswith("\\") and tune.lines[index][1:2].isalpha():
        return tune.comment(index)
    return tune.drop(index, column)


def _drop_last_quote(tune: _Tune, index: int, column: int) -> bool:
    """A quote with nothing behind it quotes nothing."""
    return tune.lines[index][column:].strip() == '"' and tune.drop(index, column)


def _write_triplet(tune: _Tune, index: int, column: int) -> bool:
    line = tune.lines[index]
    match = re.compile(r"[34](?=[A-Ga-g][,']*[A-Ga-g])").match(line, column)
    if match is None:
        return False
    tune.lines[index] = f"{line[:column]}({line[column:]}"
    return True


def _drop_slash(tune: _Tune, index: int, column: int) -> bool:
    """`f/2/`: the second slash is one too many."""
    line = tune.lines[index]
    match = re.compile(r"/(?=[^/0-9]|$)").match(line, column)
    return match is not None and tune.drop(index, column)


# The first that can change something does; those for one code stand in the order of trying.
MENDS: tuple[Mend, ...] = (
    Mend("bad-meter", "`M:4/4l`, `M:FREI4/4`, or music on the line of the field", _mend_meter),
    Mend("bad-key", "`K:Bn`, `K:ddor`", _mend_key),
    Mend("bad-key", "`K:B_`, `K:BB`, `K:Es`", _mend_flat, safe=False),
    Mend("bad-tempo", "words without quotes", _quote_tempo),
    Mend("text-in-header", "a line that is no field becomes a comment", _comment),
    Mend("field-in-music", "a metre inside music gets its brackets", _bracket_meter),
    Mend(
        "field-in-music", "a key or length inside music gets its brackets", _bracket_key, safe=False
    ),
    Mend(
        "bad-unit-note-length", "a length inside music gets its brackets", _bracket_key, safe=False
    ),
    Mend("unknown-letter", "a field that the body may not have becomes a comment", _comment_field),
    Mend("unknown-letter", "a letter without a meaning before a note", _drop_letter),
    Mend("stray-number", "a field that the body may not have becomes a comment", _comment_field),
    Mend("stray-number", "a line that was cut inside a length", _join_where_cut),
    Mend("stray-number", "`3ABc` for `(3ABc`", _write_triplet, safe=False),
    Mend("detached-volta", "`3ABc` for `(3ABc`", _write_triplet, safe=False),
    Mend("bad-length", "a line that was cut inside a length", _join_where_cut),
    Mend("bad-length", "`f/2/` for `f/2`", _drop_slash, safe=False),
    Mend("stray-tie", "a tie behind the bar line, or on the next line", _move_tie),
    Mend("stray-tie", "a tie behind a rest or grace notes", _drop_character),
    Mend("stray-octave-mark", "a line that was cut before an octave mark", _join_where_cut),
    Mend("broken-rhythm-without-note", "a line that was cut at an arrow", _join_where_cut),
    Mend("stray-accidental", "a line end of e-mail, `=`", _soft_line_break),
    Mend("stray-accidental", "a line that was cut behind an accidental", _join_where_cut),
    Mend("tuplet-without-note", "a line that was cut behind `(3`", _join_where_cut),
    Mend("unclosed-chord", "a line that was cut inside a chord", _join_where_cut),
    Mend("unclosed-grace", "a line that was cut inside grace notes", _join_where_cut),
    Mend("unclosed-quote", "a line that was cut inside quoted text", _join_where_cut),
    Mend("unclosed-quote", "a quote at the end of a line", _drop_last_quote),
    Mend("old-chord", "a line that was cut inside a chord", _join_where_cut),
    Mend("stray-backslash", "commands of TeX, and a `\\` inside a line", _drop_backslash),
    Mend("stray-close", "a `}` that closes nothing", _drop_character),
    Mend("stray-bang", "a `!` written twice", _drop_character),
)
