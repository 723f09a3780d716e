"""What each syntax error is and what would be right, in a musician's words.

`{found}` stands for the piece of text that the error is about.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["SYNTAX_ERRORS", "Explanation"]


class Explanation(Struct, frozen=True):
    """`bad` shows the fault, as a line of a header or of music; `good` shows what would be right."""

    message: str
    help: str
    bad: str = ""
    good: str = ""


SYNTAX_ERRORS: dict[str, Explanation] = {
    "empty-line": Explanation(
        "there is an empty line inside the tune",
        "an empty line ends a tune: remove it, or begin a new tune with X:",
    ),
    "no-key": Explanation(
        "K: is missing before {found}",
        "end the header with K:, such as `K:D` or `K:none`",
        bad="X:1",
        good="X:1\nK:D",
    ),
    "bad-key": Explanation(
        "{found} is not a key",
        "write a tonic and a mode, such as `K:F#m` or `K:Ddor`",
        bad="K:H",
        good="K:B",
    ),
    "bad-meter": Explanation(
        "{found} is not a metre",
        "write `M:6/8`, `M:C`, `M:C|` or `M:none`",
        bad="M:4/4l",
        good="M:4/4",
    ),
    "bad-unit-note-length": Explanation(
        "{found} is not a note length",
        "write a fraction, such as `L:1/8`",
        bad="L:eighth",
        good="L:1/8",
    ),
    "bad-tempo": Explanation(
        "{found} is not a tempo",
        'write `Q:1/4=120`, or words as in `Q:"Allegro"`',
        bad="Q:Allegro",
        good='Q:"Allegro"',
    ),
    "fields-on-one-line": Explanation(
        "{found} is on the line of another field",
        "give each field a line of its own, and the music the lines after K:",
        bad="M:4/4 L:1/8",
        good="M:4/4\nL:1/8",
    ),
    "field-after-key": Explanation(
        "the field {found} belongs in the header",
        "write it before K:, which ends the header",
        bad="C:by me",
        good="N:by me",
    ),
    "html": Explanation(
        "{found} is no music, but a mark of the page or the data that the tune comes from",
        "remove what the tune was copied with",
        bad="AB c|</html>",
        good="AB c|",
    ),
    "text-in-music": Explanation(
        "{found} is text, and not music",
        'make it a comment with `%`, quote it as in `"^slowly"`, or put it in a field such as N:',
        bad="AB c|Repeat twice|",
        good='AB c|"^Repeat twice"d2|',
    ),
    "decoration-blank": Explanation(
        "the name of the decoration {found} has a blank",
        'write the name without blanks, or a text, such as `"^D.C. al Fine"`',
        bad="AB !D.C. al Fine!|",
        good='AB "^D.C. al Fine"|',
    ),
    "text-in-header": Explanation(
        "{found} is not a field, and the header holds only fields",
        "put a letter and a colon before it, such as `N:`, or a `%` to make it a comment",
        bad="a tune from Cork",
        good="N:a tune from Cork",
    ),
    "unclosed-quote": Explanation(
        'a `"` that is never closed',
        'close it with a second `"` on the same line',
        bad='"Am A2 B2|',
        good='"Am"A2 B2|',
    ),
    "unclosed-chord": Explanation(
        "a chord `[` that is never closed",
        "close it with `]` after its last note",
        bad="[CEG A|",
        good="[CEG]A|",
    ),
    "bad-chord": Explanation(
        "{found} is not allowed in a chord",
        "a chord holds notes and what belongs to them: `[CEG]`",
        bad="[CzG]|",
        good="[CG]|",
    ),
    "unclosed-grace": Explanation(
        "grace notes `{` that are never closed", "close them with `}`", bad="{cd e|", good="{cd}e|"
    ),
    "bad-grace": Explanation(
        "{found} is not allowed among grace notes",
        "only notes and their slurs go between `{` and `}`",
        bad="{czd}e|",
        good="{cd}e|",
    ),
    "unclosed-field": Explanation(
        "an inline field that is wrong or never closed",
        "write it like `[K:D]`",
        bad="AB [K:G c|",
        good="AB [K:G]c|",
    ),
    "detached-volta": Explanation(
        "the number {found} does not touch its bar line",
        "a volta touches its bar line: `|1` or `| [1`",
        bad="AB| 1 cd:|",
        good="AB|1 cd:|",
    ),
    "bad-volta": Explanation(
        "a number is missing after {found}",
        "write the numbers of a volta without blanks, as in `|1,3`, and no comma after the last",
        bad="AB|1,cd:|",
        good="AB|1 cd:|",
    ),
    "stray-number": Explanation(
        "{found} belongs to no note",
        "a length touches its note, on the same line, and has at most four digits",
        bad="AB 4 cd|",
        good="AB4 cd|",
    ),
    "bad-length": Explanation(
        "{found} is not a note length", "write `A/2`, `A/` or `A//`", bad="A//4 B|", good="A/4 B|"
    ),
    "bad-bar-line": Explanation(
        "{found} is not a bar line",
        "write one of `|` `||` `|]` `|:` `:|` `::`; music follows the number of an ending",
        bad="AB |1| c|",
        good="AB |1 c|",
    ),
    "unknown-letter": Explanation(
        "the letter {found} has no meaning in music",
        'notes are A-G and a-g, rests z; quote a chord symbol, as in `"Am"`; give others a U: field',
        bad="AB k c|",
        good="AB c|",
    ),
    "field-in-music": Explanation(
        "the field {found} is inside a line of music",
        "put brackets around it, as in `[M:3/4]`, or give it a line of its own",
        bad="AB|M:3/4 cde|",
        good="AB|[M:3/4]cde|",
    ),
    "bad-tuplet": Explanation(
        "{found} is not a tuplet",
        "write `(3`, or three numbers in `(p:q:r` for p notes in the time of q, as in `(10:8:10`",
        bad="(10CDEFGABcde",
        good="(10:8:10CDEFGABcde",
    ),
    "tuplet-without-note": Explanation(
        "no note follows the tuplet {found}",
        "the notes of a tuplet begin on its line",
        bad="AB (3",
        good="AB (3cde",
    ),
    "broken-rhythm-without-note": Explanation(
        "{found} is not between two notes",
        "broken rhythm joins two notes of one line: `A>B`",
        bad="AB> |",
        good="A>B |",
    ),
    "stray-tie": Explanation(
        "a tie `-` without a note before it",
        "put the tie after its first note",
        bad="z- A|",
        good="z A-|A",
    ),
    "stray-accidental": Explanation(
        "no note follows the accidental {found}",
        "put it directly before its note: `^c`; a `=3D` is a `=` that e-mail garbled",
        bad="AB ^|",
        good="AB ^c|",
    ),
    "stray-octave-mark": Explanation(
        "the octave mark {found} follows no note",
        "put it directly after its note: `C,` or `c'`",
        bad="AB ,c|",
        good="AB, c|",
    ),
    "stray-backslash": Explanation(
        "a `\\` that does not end its line",
        "remove it: it joins a line to the next and must come last",
        bad="AB \\c d|",
        good="AB c d|",
    ),
    "old-chord": Explanation(
        "chords are no longer written with `+`",
        "write chords as `[CEG]`",
        bad="AB +CEG+|",
        good="AB [CEG]|",
    ),
    "stray-bang": Explanation(
        "a `!` that closes no decoration",
        "write decorations like `!trill!`",
        bad="!!AB|",
        good="!trill!AB|",
    ),
    "stray-close": Explanation(
        "{found} closes nothing", "remove it, or open what it closes", bad="AB ]c|", good="[AB]c|"
    ),
    "reserved-character": Explanation(
        "{found} is reserved and has no meaning in music",
        "remove it (section 8.1); for a sharp, write `^` before the note",
        bad="AB *c|",
        good="AB c|",
    ),
    "unexpected-character": Explanation(
        "{found} is not allowed in music",
        "remove it, or make it a comment with `%`",
        bad="AB é c|",
        good="AB c|",
    ),
    "orphan-music": Explanation(
        "music that belongs to no tune",
        "remove the empty line before it, or give it a header of its own, with X: and K:",
    ),
    "orphan-field": Explanation(
        "{found} belongs to no tune",
        "put it after the X: of its tune, or remove the empty line before it",
    ),
    "too-long": Explanation(
        "the tune has {found} characters, and no tree is built of so many",
        "cut it into tunes; the verdict alone has no such limit",
    ),
    "no-tune": Explanation("there is no tune here", "a tune begins with `X:1` and has a key, `K:`"),
}
