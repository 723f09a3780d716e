"""Orders of parts, written out and played."""

import pytest

from tests.grammar.performance.playing import played
from tuneloom.grammar.performance.part_order import MAX_PARTS_PLAYED, expand_order


@pytest.mark.parametrize(
    ("value", "labels"),
    [
        ("AABB", "AABB"),
        ("A(BC)2D", "ABCBCD"),
        ("A2.B3", "AABBB"),
        ("((AB)3.(CD)3)2", "ABABABCDCDCDABABABCDCDCD"),
        ("A B (C)2", "ABCC"),
        ("AXB", "AB"),
        ("A", ""),
        ("A(B", ""),
        ("AB)", ""),
        ("March", ""),
        ("A-B", ""),
    ],
)
def test_an_order_is_written_out(value: str, labels: str) -> None:
    assert "".join(expand_order(value, "ABCD").labels) == labels


@pytest.mark.parametrize(
    "value",
    ["((((A9)9)9)9)9", "A99999999", "(A999)99B", "(" * 20 + "A" + ")9" * 20],
)
def test_a_long_order_is_cut_short(value: str) -> None:
    order = expand_order(value, "AB")
    assert not order.complete
    assert len(order.labels) <= MAX_PARTS_PLAYED


def test_brackets_around_nothing_come_to_nothing() -> None:
    assert expand_order("((((X9)9999)9999)9999)9999A", "A").labels == ("A",)


@pytest.mark.parametrize(
    ("order", "music", "notes"),
    [
        ("ABA", "P:A\nC|D|\nP:B\nE|", "CDECD"),
        ("ABA", "P:A\n|:C|1D:|2E|\nP:B\nF|", "CDCEFCDCE"),
        ("BA", "P:A\nC|D:|\nP:B\nE|", "ECDCD"),
        ("AB", "C|\nP:A\nD|\nP:B\nE|", "CDE"),
        ("ABA", "P:A\nC|\nP:B\nE|\nP:A\nF|", "CEF"),
        ("AAB", "P:A\nC|D!D.C.!|\nP:B\nE|", "CDCDE"),
        ("A", "P:A\nC|\nP:B\nE|", "CE"),
        ("AB", "C|D|", "CD"),
        ("AAB", "P:A\nC|\nP:Fine\nD|\nP:B\nE|", "CDCDE"),
        ("BA", "[P:A]C|[P:B]D|", "DC"),
    ],
)
def test_parts_are_played_in_their_order(order: str, music: str, notes: str) -> None:
    assert played(music, f"P:{order}\n") == notes


def test_without_an_order_parts_are_played_as_they_come() -> None:
    assert played("P:B\nC|D:|\nP:A\nE|F:|") == "CDCDEFEF"
