"""The quick way to the resolved text says what the resolver says, or leaves the tune to it."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.source import SourceFile
from tuneloom.grammar.source.quick_text import quick_resolved_text
from tuneloom.grammar.source.resolver import leaves_nothing, resolve_by_lines, resolve_tune

HEADER = "X:1\nT:Air\nM:6/8\nL:1/8\nK:G\n"

MARKS = [
    "|",
    "||",
    ":|",
    "[1",
    "]",
    '"',
    '"Am"',
    '"n!',
    "!",
    "!\n",
    "\n!\n",
    "!trill!",
    "!a b!",
    "!!",
    "+trill+",
]
BREAKS = [
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\\",
    "\\\n",
    "\\ \n",
    "\r",
    "\r\n",
    "\v",
    "\xa0",
    "é",
    "é\n",
    "\u2028",
]
COMMENTS = ["%", "% x", "\\%", "\n%", "\n%%", "%%linebreak !", "%%decoration +"]
FIELDS = ["\nw:la", "\nT:x", "\nK:D", "\nP:A", "\nA:", "X:2", "\n G:", "\nK :", "\ns:", "\n+:", "T"]
MEMORY = ["\nU:T=!trill!", "[U:", "[m:", "\nm:x=y", "\nI:linebreak !", "[I:linebreak !]"]
PIECES = ["GAB", "c2", *MARKS, *BREAKS, *COMMENTS, *FIELDS, *MEMORY]
"""Bits of tunes that the resolver treats in a way of their own, and what may stand between them."""


def assert_agrees(text: str) -> None:
    """The quick way gives the text that the resolver makes line by line, and the same way back."""
    quick = quick_resolved_text(text)
    if quick is not None:
        resolved = resolve_by_lines(text)
        assert quick == resolved.text
        assert not resolved.empty_lines
        places = range(len(quick) + 1)
        quickly = resolve_tune(text)
        assert [quickly.place(at) for at in places] == [resolved.place(at) for at in places]
        stretches = [resolved.source_line(at) for at in places]
        assert [quickly.source_line(at) for at in places] == stretches


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(["", HEADER]))
@example("GAB|\\", HEADER)
@example("GAB|!\n!\nc2|", HEADER)
@example("|\\\n|:GAB\n", HEADER)
def test_it_agrees_with_the_resolver(music: str, header: str) -> None:
    assert_agrees(header + music)


@given(st.text(max_size=40))
def test_it_agrees_on_any_text(text: str) -> None:
    assert_agrees(text)
    assert_agrees(HEADER + text)


@pytest.mark.parametrize(
    ("music", "resolved"),
    [
        ("GAB|c3|  % a bar\n% a line\nd3|]", "GAB|c3|\nd3|]\n"),
        ("GAB|\\\nc3|]", "GAB|c3|]\n"),
        ("GAB|\\\n|:c3:|", "GAB| |:c3:|\n"),
        ("GAB|!\nc3|!", "GAB|\nc3|\n"),
        ("!trill!GAB|c3|]\n\n\n", "!trill!GAB|c3|]\n"),
    ],
)
def test_it_resolves_what_most_tunes_need(music: str, resolved: str) -> None:
    assert quick_resolved_text(HEADER + music) == HEADER + resolved


@pytest.mark.parametrize(
    "lines",
    [
        "U:T=!trill!",
        "m:~n=n/n/n/",
        "I:linebreak !",
        "%%decoration +",
        "+:more",
        " T:spaced",
        "K :D",
    ],
)
def test_it_leaves_to_the_resolver_what_needs_its_memory(lines: str) -> None:
    assert quick_resolved_text(f"X:1\nT:Air\n{lines}\nK:G\nGAB|\n") is None


@pytest.mark.parametrize("collection", ["irish", "nottingham/ABC_original"])
def test_it_agrees_on_real_tunes_and_is_enough_for_most(collection: str, corpora: Path) -> None:
    files = sorted((corpora / collection).glob("*.abc"))
    tunes = [
        tune.text
        for path in files
        for tune in read_raw_tunes(SourceFile("test", path.name, "", str(path)))
        if isinstance(tune, RawTune)
    ]
    assert len(tunes) > 800
    for text in tunes[::3]:
        assert_agrees(text)
    assert sum(quick_resolved_text(text) is not None for text in tunes) > 0.9 * len(tunes)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", True),
        ("% a book\n%%pagewidth 20cm\n", True),
        ("% a book\nM:6/8\n", False),
        ("%%linebreak !\n", False),
        ("I:linebreak !\n", False),
        ("U:T=!trill!\n", False),
    ],
)
def test_a_file_header_of_comments_leaves_nothing(header: str, expected: bool) -> None:
    assert leaves_nothing(header) == expected
