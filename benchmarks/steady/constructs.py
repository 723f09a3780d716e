"""Texts of one construct, n times: every field, sign, bar line, directive, macro and text string."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["CONSTRUCTS"]

_HEADER = "X:1\nT:t\nM:4/4\nL:1/8\nK:D\n"
_FIELDS = dict.fromkeys("ABCDFGHNORSTWZrE", "a") | {
    "I": "linebreak !", "K": "D", "L": "1/8", "M": "3/4", "P": "A", "Q": "1/4=60", "U": "T=!trill!",
    "V": "1", "X": "2", "m": "~n=ab", "s": "!p! *", "w": "a-b c_", "Y": "x",
}  # fmt: skip
_SIGNS = [
    "|",
    "||",
    "|]",
    "[|",
    "|:",
    ":|",
    "::",
    ":||:",
    "|",
    "|",
    "|x",
    "[|]",
    "A|1A:|2B:|",
    "[1A",
    "|1A]",
    "|1-3A:|",
    "|1,2A",
    "[2",
    "1|",
    "[",
    "(",
    "(A",
    "A)",
    "()",
    "{",
    "}",
    "{a}",
    "{a}A",
    "{/a}A",
    "{a",
    "A-",
    "A-A",
    "-",
    "A>",
    "A<B",
    ">",
    "<",
    "ABAB",
    "(3",
    "(3ABc",
    "(3:2:3ABc",
    "(3AB",
    "(9ABc",
    "[AC]",
    "[A",
    "[]",
    "A2B4|",
    "z",
    "Z",
    "x",
    "y",
    "&",
    "&&",
    "A&B|",
    "`",
    "A`",
    "\\",
    "*",
    "$",
    "%",
    "%%",
    "A,",
    "A'",
    "A/",
    "A//",
    "A/4",
    "A3/2",
    "A9",
    "A0",
    "A1",
    "A####1",
    "^",
    "^A",
    "^^^",
    "=A",
    "_A",
    "H",
    "T",
    "h",
    "w",
    "~",
    "~A",
    "~n",
    "zq",
    ".A",
    ".(",
    ".|",
    "...",
    "A4-|A4|",
    "(A|B)",
    "BA-||",
    "[A-C-]",
    "[A]-",
    "d8|",
    "A16|",
    '"',
    '"Am"',
    '"Am"A',
    '"^x"A',
    '"\\"',
    "!",
    "!trill!A",
    "!x!",
    '!a"',
    "+",
    "+trill+A",
    "!>(!A!>)!",
    "!<(",
    "!D.C.!A|",
    "!fine!A|",
    "!segno!",
    "&quot;",
    "&#999;",
    "</a>",
    "<b>",
    "=20",
    "é",
    "12",
    "abc",
    "the",
    "C:",
    "A:",
    "|",
    ":|A",
    "A:|",
    "[K:C]A",
    "[M:3/4]A|",
    "[L:1/4]A",
    "[Q:60]A",
    "[V:2]A|[V:1]A|",
    "[P:A]A|",
    "[r:x]",
    "[I:x]",
    "[U:T=!p!]",
    "[m:~q=b]",
]
_LINES = (
    "A|", "A\\", "A!", "A$", "%", "% tuneloom: ignore bar-length", "%%text a", "%%begintext", "%%endtext",
    "%%titelfont", "+:more", "w:la-la", "w:" + "la " * 9, "X:2", "the words", "\nX:2\nK:D\nA|", "\nC:x",
    "\nthe words | and bars",
)  # fmt: skip
Construct = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A piece of text n times, between others."""

    before: str
    piece: str
    after: str

    def __call__(self, count: int) -> str:
        return self.before + self.piece * count + self.after


def _constructs() -> Iterator[tuple[str, Construct]]:
    for letter, value in _FIELDS.items():
        field = f"{letter}:{value}"
        yield f"header {field}", _Repeated(f"X:1\nT:t\n{field}\n", f"{field}\n", "K:D\nAB|\n")
        yield f"long {field}", _Repeated(f"X:1\nT:t\n{field}", value, "\nK:D\nAB|\n")
        yield f"lines {field}", _Repeated(_HEADER, f"AB|\n{field}\n", "AB|\n")
        yield f"long line {field}", _Repeated(f"{_HEADER}{'AB|' * 99}\n{field}", f" {value}", "\n")
    for sign in _SIGNS:
        yield sign, _Repeated(_HEADER, sign, "\n")
        yield f"{sign} and a note", _Repeated(_HEADER, f"{sign}A|", "\n")
        yield f"{sign} apart", _Repeated(_HEADER, f"{sign} ", "\n")
        yield f"{sign}, then an error", _Repeated(_HEADER, sign, "[\n")
    for line in _LINES:
        yield f"line {line!r}", _Repeated(_HEADER, f"{line}\n", "A|\n")
        yield f"line {line!r} first", _Repeated("", f"{line}\n", f"\n{_HEADER}A|\n")
    yield from _COMPOUND.items()


_COMPOUND: Mapping[str, Construct] = {
    "macros in use": lambda n: "X:1\nm:~n=nn\nm:zq1=C\nU:W=!trill!\nK:D\n" + "~A Wd zq1 " * n + "\n",
    "macros": lambda n: "X:1\n" + "m:zq1=C\n" * n + "m:A=B\nK:D\n" + "A" * n + "\n",
    "macros of many names": lambda n: "X:1\nK:D\n" + "".join(f"m:~q{i}=b\nC|\n" for i in range(n)),
    "voices": lambda n: _HEADER + "".join(f"V:{i}\nABc|\n" for i in range(n)),
    "parts played": lambda n: f"X:1\nP:{'AB' * n}\nK:D\nP:A\nABc|\nP:B\ncde|\n",
    "parts nested": lambda n: f"X:1\nP:{'(' * n}A{')9' * n}\nK:D\nP:A\nA|\n",
    "accidentals of a key": lambda n: f"X:1\nT:t\nK:D {'^c ' * n}\nABc|\n",
    "voltas": lambda n: _HEADER + "A|" + ",".join(["1-9999"] * n) + " A:|\n",
    "notes of a chord": lambda n: _HEADER + "[" + "A" * n + "]|\n",
    "grace notes": lambda n: _HEADER + "{" + "a" * n + "}A|\n",
    "a tuplet": lambda n: f"{_HEADER}(3:2:{n}{'a' * n}|\n",
    "a decoration": lambda n: f"{_HEADER}!{'a' * n}!A|\n",
    "a chord symbol": lambda n: f'{_HEADER}"{"Am  " * n}"A|\n',
    "a length": lambda n: f"{_HEADER}A{'9' * n}|\n",
    "halvings": lambda n: f"{_HEADER}A{'/' * n}|\n",
    "a number": lambda n: f"X:{'9' * n}\nT:t\nK:D\nA|\n",
    "slurs nested": lambda n: _HEADER + "(" * n + "A" + ")" * n + "\n",
    "slurs across lines": lambda n: _HEADER + "(A" * n + "\n" + "B)" * n + "\n",
    "repeats nested": lambda n: _HEADER + "|:A" * n + ":|" * n + "\n",
    "a bar": lambda n: _HEADER + "A2B2" * n + "|\n",
    "decorations of many names": lambda n: _HEADER + "".join(f"!x{i}!A" for i in range(n)) + "\n",
    "directives of many names": lambda n: _HEADER + "".join(f"%%titlefon{i}\n" for i in range(n)),
    "words": lambda n: _HEADER + "A B|" * n + "\nw:" + "la-la* _|" * n + "\n",
    "text strings": lambda n: "X:1\nT:" + "\\'e &eacute; \\u00e9" * n + "\nK:D\nA|\n",
    "tunes": lambda n: f"{_HEADER}ABc|\n\n" * n,
    "headers": lambda n: f"{_HEADER}\n" * n,
    "tunes and a file header": lambda n: "C:x\nm:zq=A\n\n" + f"{_HEADER}zq|\n\n" * n,
    "letters beyond ASCII": lambda n: f"X:1\nT:{'é' * n}\xff\nK:D\nA|\n",
}  # fmt: skip

CONSTRUCTS: Mapping[str, Construct] = dict(_constructs())
"""A name, and the text with that many of the construct."""
