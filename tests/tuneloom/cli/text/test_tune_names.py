import pytest

from tuneloom.cli.text.tune_names import NO_TUNE, TuneName, printable, tune_name


def test_a_tune_is_named_by_its_number_and_first_title() -> None:
    name = tune_name("X: 4 % of 9\nT:Caf\\'e  Reel\nT:Other\nK:D\nT:Part\n")
    assert name == TuneName("4", "Café Reel")
    assert str(name) == "X:4 Café Reel"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("T:Air\nK:D\n", "Air"), ("X:1\nK:D\nT:Part\n", "X:1"), ("K:D\nABc|\n", ""), ("", "")],
)
def test_what_is_missing_is_left_out(text: str, shown: str) -> None:
    assert str(tune_name(text)) == shown


def test_what_belongs_to_no_tune_has_no_name() -> None:
    assert str(NO_TUNE) == ""


def test_a_long_title_is_cut() -> None:
    shown = str(tune_name(f"X:1\nT:{'a' * 200}\n"))
    assert len(shown) == len("X:1 ") + 60
    assert shown.endswith("a…")


def test_characters_that_a_terminal_obeys_are_replaced() -> None:
    assert printable("a\x1b[31m\tb\x9b\u202eé") == "a\ufffd[31m\tb\ufffd\ufffdé"
    assert tune_name("X:1\nT:a\\u001b[31m&#x202e;b\n").title.isprintable()
