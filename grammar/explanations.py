"""What each syntax error is and what would be right, in a musician's words.

`{found}` stands for the piece of text that the error is about.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SYNTAX_ERRORS", "Explanation"]


@dataclass(frozen=True, slots=True)
class Explanation:
    message: str
    help: str


SYNTAX_ERRORS: dict[str, Explanation] = {
    "empty-line": Explanation(
        "an empty line stands inside the tune",
        "an empty line ends a tune: remove it, or begin a new tune with X:",
    ),
    "no-key": Explanation(
        "the header has no key field", "end the header with K:, such as `K:D` or `K:none`"
    ),
    "bad-key": Explanation(
        "{found} is not a key", "write a tonic and a mode, such as `K:F#m` or `K:Ddor`"
    ),
    "bad-meter": Explanation("{found} is not a metre", "write `M:6/8`, `M:C`, `M:C|` or `M:none`"),
    "bad-unit-note-length": Explanation(
        "{found} is not a note length", "write a fraction, such as `L:1/8`"
    ),
    "bad-tempo": Explanation(
        "{found} is not a tempo", 'write `Q:1/4=120`, or words as in `Q:"Allegro"`'
    ),
    "bad-reference": Explanation("{found} is not a reference number", "write a number, such as `X:1`"),
    "text-in-header": Explanation(
        "{found} is not a field, and the header holds only fields",
        "put a letter and a colon before it, such as `N:`, or a `%` to make it a comment",
    ),
    "unclosed-quote": Explanation(
        'a `"` that is never closed', 'close it with a second `"` on the same line'
    ),
    "unclosed-chord": Explanation(
        "a chord `[` that is never closed", "close it with `]` behind its last note"
    ),
    "bad-chord": Explanation(
        "{found} cannot stand in a chord", "a chord holds notes and what belongs to them: `[CEG]`"
    ),
    "unclosed-grace": Explanation("grace notes `{` that are never closed", "close them with `}`"),
    "bad-grace": Explanation(
        "{found} cannot stand among grace notes", "between `{` and `}` stand notes and their slurs"
    ),
    "unclosed-field": Explanation("an inline field that is wrong or never closed", "write it like `[K:D]`"),
    "detached-volta": Explanation(
        "the number {found} stands apart from its bar line", "a volta touches its bar line: `|1` or `| [1`"
    ),
    "stray-number": Explanation(
        "the number {found} belongs to no note", "a length touches its note, and has at most four digits"
    ),
    "bad-length": Explanation("{found} is not a note length", "write `A/2`, `A/` or `A//`"),
    "bad-bar-line": Explanation(
        "{found} is not a bar line", "a bar line has at most four of `|`, `:`, `[` and `]`"
    ),
    "unknown-letter": Explanation(
        "the letter {found} has no meaning in music", "notes are A-G and a-g, rests z; give others a U: field"
    ),
    "field-in-music": Explanation(
        "the field {found} stands inside a line of music",
        "put brackets around it, as in `[M:3/4]`, or give it a line of its own",
    ),
    "tuplet-without-note": Explanation(
        "the tuplet {found} has no note behind it", "the notes of a tuplet begin on its line"
    ),
    "broken-rhythm-without-note": Explanation(
        "{found} does not stand between two notes", "broken rhythm joins two notes of one line: `A>B`"
    ),
    "stray-tie": Explanation("a tie `-` without a note before it", "put the tie behind its first note"),
    "stray-accidental": Explanation(
        "the accidental {found} stands before no note", "put it directly before its note: `^c`"
    ),
    "stray-octave-mark": Explanation(
        "the octave mark {found} stands behind no note", "put it directly behind its note: `C,` or `c'`"
    ),
    "stray-backslash": Explanation(
        "a `\\` that does not end its line", "remove it: it joins a line to the next one, and stands last"
    ),
    "old-chord": Explanation("`+` does not write chords any more", "write chords as `[CEG]`"),
    "stray-bang": Explanation("a `!` that closes no decoration", "write decorations like `!trill!`"),
    "stray-close": Explanation("{found} closes nothing", "remove it, or open what it closes"),
    "reserved-character": Explanation(
        "{found} is reserved and has no meaning in music", "remove it (section 8.1)"
    ),
    "unexpected-character": Explanation(
        "{found} cannot stand in music", "remove it, or make it a comment with `%`"
    ),
    "too-long": Explanation(
        "the tune has {found} characters, and no tree is built of so many",
        "cut it into tunes; the verdict alone has no such limit",
    ),
    "no-tune": Explanation("there is no tune here", "a tune begins with `X:1` and has a key, `K:`"),
}  # fmt: skip
