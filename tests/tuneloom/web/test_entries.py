"""What a page knows of a tune."""

from tuneloom.web.entries import page_entry

KESH = "X:4\nT:The Kesh\nR:jig\nM:6/8\nL:1/8\nK:G\nD|GAG GAB|ABA ABd|edd gdd|edB d2:|\n"


def test_a_tune_is_named_by_its_header() -> None:
    entry = page_entry(KESH)
    named = (entry.reference, entry.title, entry.rhythm, entry.key, entry.meter)
    assert named == ("4", "The Kesh", "jig", "G", "6/8")
    assert entry.levels == ("parseable", "strict", "sound", "metrical")
    assert not entry.findings
    assert entry.sound is not None


def test_the_first_bars_end_after_a_pickup_and_two_bars() -> None:
    entry = page_entry(KESH)
    assert entry.abc[: entry.incipit].endswith("\nD|GAG GAB|ABA ABd")


def test_a_finding_is_at_its_place_in_the_text() -> None:
    entry = page_entry(KESH.replace("ABd|e", "AB|e"))
    [finding] = entry.findings
    assert finding.found.code == "bar-length"
    assert entry.abc[finding.start : finding.end] == "ABA AB"


def test_a_finding_in_the_header_of_the_file_is_at_its_place_too() -> None:
    entry = page_entry("X:1\nT:One\nL:1/8\nK:D\nDEFG|DEF|DEFGA4|\n", "M:4/4\nQ:100\n")
    [tempo, *_] = (each for each in entry.findings if each.found.code == "old-tempo")
    assert entry.abc[tempo.start : tempo.end] in "Q:100"
    [bar] = (each for each in entry.findings if each.found.code == "bar-length")
    assert entry.abc[bar.start : bar.end] == "DEF"


def test_a_tune_that_does_not_parse_has_its_name_and_its_finding_but_no_sound() -> None:
    entry = page_entry("X:9\nT:Broken\nM:4/4\nK:Am\nABkk|\n")
    assert (entry.title, entry.key, entry.meter, entry.levels) == ("Broken", "Am", "4/4", ())
    assert [each.found.code for each in entry.findings] == ["unknown-letter"]
    assert entry.abc[entry.findings[0].start] == "k"
    assert (entry.sound, entry.incipit) == (None, 0)


def test_what_a_terminal_would_obey_is_shown_as_pictures_of_control_characters() -> None:
    assert page_entry("X:1\nT:a\x1b]0;b\x07c\nK:D\nD|\n").title == "a␛]0;b␇c"


def test_minor_keys_are_spelled_as_in_tunes() -> None:
    keys = [
        page_entry(f"X:1\nT:a\nK:{key}\nD|\n").key
        for key in ("Am", "Amin", "Edor", "D mix", "none")
    ]
    assert keys == ["Am", "Am", "Edor", "Dmix", "none"]
