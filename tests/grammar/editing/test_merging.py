"""Several books as one: numbers that clash, and tunes that several have."""

import re

from tests.grammar.editing.test_joining import part
from tuneloom.grammar.editing.edited_book import EditedBook
from tuneloom.grammar.editing.merging import Sameness, merge_parts

ONE = b"X:1\nT:One\nK:D\nA|\n\nX:3\nT:Three\nK:D\nA|\n"
OTHER = b"""X:1
T:Other
K:D
A|

% as in Clare
X:2
T:One
K:D
A|

X:3
T:Bad
K:D
k|

X:9
T:Three
K:D
A|
"""


def merged(without_duplicates: Sameness | None = None) -> EditedBook:
    return merge_parts([part(ONE, "one.abc"), part(OTHER, "other.abc")], without_duplicates)


def tunes(edited: EditedBook) -> list[tuple[str, str]]:
    return re.findall(r"X:(\d+)\nT:(\w+)", edited.data.decode())


def test_a_number_that_an_earlier_tune_has_is_replaced() -> None:
    edited = merged()
    assert tunes(edited) == [
        ("1", "One"), ("10", "Three"), ("11", "Other"), ("2", "One"), ("3", "Bad"), ("9", "Three"),
    ]  # fmt: skip
    assert edited.notes == (
        "one.abc: 1 tune got a new number: X:3 became X:10",
        "other.abc: 1 tune got a new number: X:1 became X:11",
    )


def test_a_tune_that_repeats_another_is_left_out_on_request_unless_text_goes_with_it() -> None:
    edited = merged(without_duplicates="lines")
    assert [title for _, title in tunes(edited)] == ["One", "Three", "Other", "One", "Bad"]
    assert edited.notes[0] == "other.abc:17: left out, since it repeats one.abc:6"
    assert b"% as in Clare\nX:2\nT:One\n" in edited.data


def test_a_tune_that_sounds_like_another_is_left_out_on_request_whatever_its_text() -> None:
    edited = merged(without_duplicates="music")
    assert [title for _, title in tunes(edited)] == ["One", "Bad"]
    assert edited.notes[:2] == (
        "one.abc:6: left out, since it sounds like one.abc:1 (Three)",
        "other.abc:1: left out, since it sounds like one.abc:1 (Other)",
    )
