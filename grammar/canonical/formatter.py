"""Formats a tune: gives it canonical spelling and leaves everything else as it was.

Each token of the resolved text that is in the source unchanged gets its canonical spelling there. Comments,
directives, macros, continuations, line ends and beams stay, and nothing can be lost. Spellings that sound
and look the same become one; what looks or sounds different stays different.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.tokens import ENDING_TOUCHES, spell_chord_tokens, spell_token
from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.parser import parse, parse_tree
from tuneloom.grammar.parsing.result import ParsedTune, ParseResult
from tuneloom.grammar.source.resolver import Resolved
from tuneloom.grammar.source.source_edits import FIRST_LINE, SourceEdits

__all__ = ["format_tune"]

_TIE_APART = re.compile(r"[ \t]\.?-")
# Beside these, blanks part no beams.
_NEVER_BEAMED = frozenset({"BAR_LINE", "LINE_END", "TUPLET"})
# abc2midi gives the notes of a hornpipe other lengths, those of a chord one by one.
_SWUNG = re.compile(r"^R:[ \t]*hornpipe", re.IGNORECASE | re.MULTILINE)
_TUNE_BEGINS = "\nX:"


def format_tune(text: str, file_header: str = "", parsed: ParseResult | None = None) -> str:
    """The tune in canonical spelling, with as many lines as before; one that is not parseable as it is.

    `parsed` is the text, parsed from line `FIRST_LINE`, if that is known.
    """
    parsed = parsed or parse(text, FIRST_LINE, file_header)
    if not parsed.parseable:
        return text
    formatted = _rewritten(parsed.tree, parsed.resolved, text)
    if formatted.count(_TUNE_BEGINS) > text.count(_TUNE_BEGINS):
        return text  # `X :|`, a rest and a bar line, would begin another tune
    if formatted == text or _says_the_same(parsed, formatted, file_header):
        return formatted
    return text


def _says_the_same(before: ParsedTune, formatted: str, file_header: str) -> bool:
    """Read the formatted tune again, to be sure that the music is unchanged."""
    # Where the tokens are the same, so is the tune, which need not be built to be compared. Directives
    # hold from their places on, which tokens do not tell.
    if not before.resolved.directives:
        tree = parse_tree(formatted, file_header)
        if tree and _meanings(tree) == _meanings(before.tree):
            return True
    after = parse(formatted, FIRST_LINE, file_header)
    return after.parseable and musically_equal(before.tune, after.tune)


def _meanings(tree: Tree) -> list[str]:
    """The spellings of all tokens; those of blanks only where they part beams."""
    found: list[str] = []
    before, is_apart = "LINE_END", False
    for token in tree.tokens():
        kind = token.type
        if kind == "SPACE":
            is_apart = before not in _NEVER_BEAMED
        else:
            if is_apart and kind not in _NEVER_BEAMED:
                found.append(" ")
            found.append(spell_token(token))
            before, is_apart = kind, False
    return found


class _Source(Struct, frozen=True):
    """The source of a tune and its edits, and whether it is played with a swing."""

    edits: SourceEdits
    is_swung: bool

    def line_of(self, token: Token) -> int:
        return self.edits.resolved.place(token.start)[0]

    def replace(self, token: Token, spelling: str) -> None:
        """Replace a token, if the source has it as it is and not as a macro or the like."""
        written = token.rstrip("\n")
        if spelling != written:
            self.edits.replace(token.start, written, spelling)

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
        elif child[0] == "[" and _joins_ending(children[max(0, index - 2) : index + 1], source):
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
    if token.type == "BAR_LINE":
        if not token[-1].isdigit():
            return ""
    elif token.type not in ("NOTE", "CHORD_CLOSE") or not _TIE_APART.search(token):
        return ""
    kind = _kind(following) if following is not None else "LINE_END"
    if kind in ("SPACE", "LINE_END", "BAR_LINE"):
        return ""
    return "" if kind == "BROKEN_RHYTHM" and token.type != "BAR_LINE" else " "


def _kind(node: Node) -> str:
    return node.type if isinstance(node, Token) else str(node.data)


def _without_trailing_blanks(line: str) -> str:
    """The line, without a blank after it; only `~ ` keeps it, for abc2midi reads a bare `~` otherwise."""
    stripped = line.rstrip(" \t")
    return line if stripped.endswith("~") else stripped
