"""What the header of a tune says, be the tune parseable or not."""

import pytest

from tuneloom.grammar.editing.tune_facts import header_facts


def test_a_header_is_read_up_to_its_key_with_what_the_file_gives() -> None:
    text = "X: 7 % so\nT:The  Kesh\nT:Caf\\'e\n% T:none\nR:slip\n+:jig\nK: G major\nT:in the music\nkkk\n"
    facts = header_facts(text, "O:Ireland\nR:reel\nM:C|\n")
    assert (facts.number, facts.title, facts.rhythm) == (7, "The Kesh", "slip jig")
    assert (facts.key, facts.meter) == ("G", "2/2")
    assert facts.values["T"] == ("The Kesh", "Café")
    assert facts.value("O") == "Ireland"
    assert facts.value("C") == ""


@pytest.mark.parametrize("number", ["", "one", "7a", "-7", "9" * 19])
def test_what_is_no_number_is_none(number: str) -> None:
    assert header_facts(f"X:{number}\nK:C\n").number is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("D", "D"),
        ("Emin", "Em"),
        ("A dorian", "Ador"),
        ("Bb", "Bb"),
        ("none", "none"),
        ("HP", "Amix"),
    ],
)
def test_keys_are_spelled_as_musicians_do(value: str, name: str) -> None:
    assert header_facts(f"X:1\nK:{value}\n").key == name


def test_a_header_without_fields_says_nothing() -> None:
    facts = header_facts("X:\n")
    assert (facts.number, facts.title, facts.key, facts.meter) == (None, "", "none", "none")
