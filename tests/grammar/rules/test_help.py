"""The help of a finding names the likely cause where the rule knows one that is more likely than others."""

from __future__ import annotations

import pytest

from tuneloom.grammar.checking.check import check_tune


@pytest.mark.parametrize(
    ("code", "header", "music", "help_"),
    [
        ("stray-slur", "", "(3abc) d2|", "remove the `)`: the tuplet before it ends by itself"),
        ("stray-slur", "", "(3a{b}b[ce]) d2|", "remove the `)`: the tuplet before it ends by itself"),
        ("stray-slur", "", "(3abc d2)|", "open it with `(` before its first note, or remove the `)`"),
        ("bar-length", "", "AB|cd|efga|", "remove the bar line between them, which divides one bar"),
        ("bar-length", "", "A3Z|cdef|", "write a rest within a bar as `z`: `Z` rests whole bars"),
        ("wrong-meter", "", "ab|cd|ef|", "write the metre that the bars have, or an L: twice as long"),
        (
            "wrong-meter", "", "abcdefga|cdefgabc|efgabcde|",
            "write the metre that the bars have, or an L: half as long",
        ),
        ("wrong-meter", "", "abc|def|gab|", "write the metre that the bars have"),
        (
            "wrong-meter", "", "abc|defga|ga|abcdef|",
            "name each metre where it begins, as in `[M:3/4]`, or write `M:none`",
        ),
        (
            "old-field", "E:7\n", "abcd|",
            "delete it: only abc2mtex read it, as the space between notes on a page",
        ),
        ("unknown-field", "Y:7\n", "abcd|", "write it as `N:`, a note, or as a comment"),
    ],
)  # fmt: skip
def test_the_help_names_the_likely_cause(code: str, header: str, music: str, help_: str) -> None:
    text = f"X:1\nT:T\n{header}M:4/4\nL:1/4\nK:D\nd4|{music}d4|]\n"
    assert help_ in [found.help for found in check_tune(text, codes={code})]
