"""Formats a tune: gives it canonical spelling and leaves everything else as it was.

Each token of the resolved text that is in the source unchanged gets its canonical spelling there. Comments,
directives, macros, continuations, line ends and beams stay, and nothing can be lost. Spellings that sound
and look the same become one; what looks or sounds different stays different.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.tokens import ENDING_TOUCHES, spell_chord_tokens, spell_token
from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParseResult
from tuneloom.grammar.source.resolver import Resolved
from tuneloom.grammar.source.source_edits import FIRST_LINE, SourceEdits
from tuneloom.grammar.tune.elements import Tune

__all__ = ["format_tune"]

# abc2midi gives the notes of a hornpipe other lengths, those of a chord one by one.
_SWUNG = re.compile(r"^R:[ \t]*hornpipe", re.IGNORECASE | re.MULTILINE)


def format_tune(text: str, file_header: str = "", parsed: ParseResult | None = None) -> str:
    """The tune in canonical spelling, with as many lines as before; one that is not parseable as it is.

    `parsed` is the text, parsed from line `FIRST_LINE`, if that is known.
    """
    parsed = parsed or parse(text, FIRST_LINE, file_header)
    if not parsed.parseable:
        return text
    formatted = _rewritten(parsed.tree, parsed.resolved, text)
    if formatted == text or _says_the_same(parsed.tune, formatted, file_header):
        return formatted
    return text


def _says_the_same(before: Tune, formatted: str, file_header: str) -> bool:
    """Read the formatted tune again, to be sure that the music is unchanged."""
    after = parse(formatted, FIRST_LINE, file_header)
    return after.parseable and musically_equal(before, after.tune)


@dataclass(frozen=True, slots=True)
class _Source:
    """The source of a tune and its edits, and whether it is played with a swing."""

    edits: SourceEdits
    is_swung: bool

    def line_of(self, token: Token) -> int:
        return self.edits.resolved.place(token.start)[0]

    def replace(self, token: Token, spelling: str) -> None:
        """Replace a token, if the source has it as it is and not as a macro or the like."""
        self.edits.replace(token.start, token.rstrip("\n"), spelling)

    def rewritten(self) -> list[str]:
        return [_without_trailing_blanks(line) for line in self.edits.edited_lines()]


def _rewritten(tree: Tree, resolved: Resolved, text: str) -> str:
    if any(isinstance(child, Tree) and _ends_with_mark(child) for child in tree.children):
        return text  # abc2midi gives a mark that no note follows to notes that depend on the blanks
    source = _Source(SourceEdits(text.split("\n"), resolved), bool(_SWUNG.search(text)))
    for child in tree.children:
        if isinstance(child, Token):
            source.replace(child, spell_token(child))
        else:
            _rewrite_line(child, source)
    return "\n".join(source.rewritten())


def _ends_with_mark(line: Tree) -> bool:
    """Whether a line of music ends with a decoration of one sign, which belongs to no note on it."""
    marks = [child for child in line.children if _kind(child) not in ("SPACE", "LINE_END")]
    return bool(marks) and _kind(marks[-1]) == "DECORATION" and len(str(marks[-1])) == 1


def _rewrite_line(line: Tree, source: _Source) -> None:
    """A line of music: what a blank means depends on its neighbours, what a note does on its chord."""
    children = line.children
    for index, child in enumerate(children):
        following = children[index + 1] if index + 1 < len(children) else None
        if isinstance(child, Tree):
            before = children[index - 1] if index else None
            is_marked = before is not None and _kind(before) == "DECORATION"
            _rewrite_group(child, following, source, is_marked)
        elif child.type == "SPACE":
            joins = _joins_ending(children[max(0, index - 1) : index + 2], source)
            before = children[index - 1] if index else None
            keeps = not index and _looks_like_field(children[1:])
            source.replace(child, " " if keeps else "" if joins else _blank(before, following))
        elif _joins_ending(children[max(0, index - 2) : index + 1], source):
            source.replace(child, spell_token(child)[1:] + _blank_after(child, following))
        else:
            source.replace(child, spell_token(child) + _blank_after(child, following))


def _rewrite_group(
    group: Tree, following: Node | None, source: _Source, is_marked: bool = False
) -> None:
    """A chord or grace notes, which may have chords among them.

    The lengths of a chord with marks stay where they are: abc2midi plays a roll or staccato from them,
    and abcjs what has a chord symbol in it.
    """
    if group.data == "chord":
        tokens = [child for child in group.children if isinstance(child, Token)]
        keeps_lengths = is_marked or source.is_swung or any(map(_is_mark, tokens))
        for token, spelling in spell_chord_tokens(tokens, keeps_lengths):
            last = token is tokens[-1]
            source.replace(token, spelling + (_blank_after(token, following) if last else ""))
        return
    before: Node | None = None
    for child in group.children:
        if isinstance(child, Tree):
            _rewrite_group(child, None, source)
        elif child.type == "SPACE":
            source.replace(child, "")
        elif child.type != "BROKEN_RHYTHM" or before is None or _kind(before) != "BROKEN_RHYTHM":
            # Of several arrows only the first has a note before it, to which its tie could go.
            source.replace(child, spell_token(child))
        before = child


def _is_mark(token: Token) -> bool:
    return token.type in ("DECORATION", "CHORD_SYMBOL")


def _looks_like_field(nodes: Sequence[Node]) -> bool:
    """Whether a line that begins with these looks like a field, such as `B::`; to abcjs it is one."""
    return (
        len(nodes) > 1
        and re.fullmatch("[A-Ga-g]", str(nodes[0])) is not None
        and _kind(nodes[1]) == "BAR_LINE"
        and str(nodes[1]).startswith(":")
    )


def _blank(before: Node | None, after: Node | None) -> str:
    """One blank between beams; none at the ends of a line, at bar lines or after `(3`."""
    if before is None or after is None:
        return ""
    kinds = _kind(before), _kind(after)
    if before == ".":
        return " "  # the dot of a note, which a bar line would take for its own
    if kinds[0] == "BAR_LINE" and (kinds[1] == "BAR_LINE" or str(before)[-1].isdigit()):
        return " "
    if "BAR_LINE" in kinds or kinds[0] == "TUPLET" or kinds[1] == "LINE_END":
        return ""
    return " "


def _joins_ending(nodes: Sequence[object], source: _Source) -> bool:
    """Whether these are a bar line, a blank and the bracket of an ending: `| [1` is `|1` (4.9)."""
    match nodes:
        case [
            Token(type="BAR_LINE") as line,
            Token(type="SPACE"),
            Token(type="BAR_LINE") as ending,
        ]:
            is_plain = spell_token(line) in ENDING_TOUCHES
            is_ending = ending[0] == "[" and ending[-1].isdigit()
            return is_plain and is_ending and source.line_of(line) == source.line_of(ending)
    return False


def _blank_after(token: Token, following: Node | None) -> str:
    """What follows the number of an ending, or a tie that stood apart, stays apart."""
    kind = _kind(following) if following is not None else "LINE_END"
    if kind in ("SPACE", "LINE_END", "BAR_LINE"):
        return ""
    is_ending = token.type == "BAR_LINE" and token[-1].isdigit()
    was_apart = token.type in ("NOTE", "CHORD_CLOSE") and re.search(r"[ \t]\.?-", token)
    return " " if is_ending or (was_apart and kind != "BROKEN_RHYTHM") else ""


def _kind(node: Node) -> str:
    return node.type if isinstance(node, Token) else str(node.data)


def _without_trailing_blanks(line: str) -> str:
    """The line, without a blank after it; only `~ ` keeps it, for abc2midi reads a bare `~` otherwise."""
    stripped = line.rstrip(" \t")
    return line if stripped.endswith("~") else stripped
