"""Formats a tune: gives it canonical spelling and leaves everything else as it was.

Each token of the resolved text that is in the source unchanged gets its canonical spelling there. Comments,
directives, macros, continuations, line ends and beams stay, and nothing can be lost. Spellings that sound
and look the same become one; what looks or sounds different stays different.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.tokens import ENDING_TOUCHES, spell_chord_tokens, spell_token
from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.source.resolver import Resolved
from tuneloom.grammar.tune.elements import Tune

__all__ = ["format_tune"]

# The number of the tune's first line, far from those of the file header, which are resolved as well.
_FIRST = 1_000_000
_ROLLS = ("~", "!roll!")


def format_tune(text: str, file_header: str = "") -> str:
    """The tune in canonical spelling, with as many lines as before; one that is not parseable as it is."""
    parsed = parse(text, _FIRST, file_header)
    if not parsed.parseable:
        return text
    formatted = _rewritten(parsed.tree, parsed.resolved, text)
    if formatted == text or _says_the_same(parsed.tune, formatted, file_header):
        return formatted
    return text


def _says_the_same(before: Tune, formatted: str, file_header: str) -> bool:
    """Read the formatted tune again, to be sure that the music is unchanged."""
    after = parse(formatted, _FIRST, file_header)
    return after.parseable and musically_equal(before, after.tune)


@dataclass(slots=True)
class _Source:
    """The lines of a tune, and what is to be replaced in them: line -> (from, to, by what)."""

    lines: list[str]
    resolved: Resolved
    edits: dict[int, list[tuple[int, int, str]]] = field(default_factory=lambda: defaultdict(list))

    def line_of(self, token: Token) -> int:
        return self.resolved.place(token.start)[0]

    def replace(self, token: Token, spelling: str) -> None:
        """Replace a token, if the source has it as it is and not as a macro or the like."""
        written = token.rstrip("\n")
        line, column = self.resolved.place(token.start)
        index, start = line - _FIRST, column - 1
        end = start + len(written)
        if index >= 0 and spelling != written and self.lines[index][start:end] == written:
            self.edits[index].append((start, end, spelling))

    def rewritten(self) -> list[str]:
        for index, edits in self.edits.items():
            line = self.lines[index]
            for start, end, spelling in sorted(edits, reverse=True):
                line = line[:start] + spelling + line[end:]
            self.lines[index] = line
        return [_without_trailing_blanks(line) for line in self.lines]


def _rewritten(tree: Tree, resolved: Resolved, text: str) -> str:
    source = _Source(text.split("\n"), resolved)
    for child in tree.children:
        if isinstance(child, Token):
            source.replace(child, spell_token(child))
        else:
            _rewrite_line(child, source)
    return "\n".join(source.rewritten())


def _rewrite_line(line: Tree, source: _Source) -> None:
    """A line of music: what a blank means depends on its neighbours, what a note does on its chord."""
    children = line.children
    for index, child in enumerate(children):
        following = children[index + 1] if index + 1 < len(children) else None
        if isinstance(child, Tree):
            before = children[index - 1] if index else None
            _rewrite_group(child, following, source, is_rolled=before in _ROLLS)
        elif child.type == "SPACE":
            joins = _joins_ending(children[max(0, index - 1) : index + 2], source)
            before = children[index - 1] if index else None
            source.replace(child, "" if joins else _blank(before, following))
        elif _joins_ending(children[max(0, index - 2) : index + 1], source):
            source.replace(child, spell_token(child)[1:] + _blank_after(child, following))
        else:
            source.replace(child, spell_token(child) + _blank_after(child, following))


def _rewrite_group(
    group: Tree, following: Node | None, source: _Source, is_rolled: bool = False
) -> None:
    """A chord or grace notes, which may have chords among them.

    The lengths of a rolled chord stay where they are: abc2midi makes its roll from them.
    """
    if group.data == "chord":
        tokens = [child for child in group.children if isinstance(child, Token)]
        for token, spelling in spell_chord_tokens(tokens, is_rolled):
            last = token is tokens[-1]
            source.replace(token, spelling + (_blank_after(token, following) if last else ""))
        return
    for child in group.children:
        if isinstance(child, Tree):
            _rewrite_group(child, None, source)
        else:
            source.replace(child, "" if child.type == "SPACE" else spell_token(child))


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
