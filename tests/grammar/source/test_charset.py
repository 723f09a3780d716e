"""The charset of a file is found by what its letters spell, and garbled letters are restored."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.grammar.source.charset import (
    _DECLARABLE,
    Mojibake,
    charset_of,
    mojibake_of,
    refused_charset,
)

TITLES = "T:Muiñeira de Cesures\nT:L’air du branle coupé\nT:Schöne Jüdin, Der Geißkopp\n"


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "mac_roman", "cp850"])
def test_a_charset_is_found_by_the_words_that_it_makes(charset: str) -> None:
    # DOS has no `’`.
    data = TITLES.replace("’", "'" if charset == "cp850" else "’").encode(charset)
    assert charset_of(data) == charset


def test_one_letter_may_be_all_the_evidence_there_is() -> None:
    for charset in ("cp1252", "mac_roman", "cp850"):
        assert charset_of("T:Bourrée droite\n".encode(charset)) == charset


def test_letters_that_two_charsets_have_at_one_place_are_windows() -> None:
    assert charset_of(b"T:A\xe0b") == "cp1252"


def test_what_a_file_says_of_itself_counts_unless_it_cannot_be() -> None:
    greek = "%%abc-charset iso-8859-7\nT:Χασάπικο\n"
    assert charset_of(greek.encode("iso-8859-7")) == "iso8859-7"
    assert charset_of(f"X:1\n{greek}".replace("\n", "\r").encode("iso-8859-7")) == "iso8859-7"
    assert charset_of(b"I:abc-charset iso-8859-1\nT:Tom\x92s\n") == "cp1252"
    assert charset_of("%%abc-charset iso-8859-1\nT:Café\n".encode()) == "utf-8"
    assert charset_of(b"%%abc-charset utf-8\nT:Caf\xe9\n") == "cp1252"
    assert charset_of(b"%%abc-charset martian\nT:Caf\xe9\n") == "cp1252"


@given(st.binary())
def test_every_byte_can_be_read(data: bytes) -> None:
    data.decode(charset_of(data))


def test_dos_letters_that_were_taken_for_latin1_are_letters_again() -> None:
    found = "T:Gei\xe1kopp, Sch\x94ne J\x81din, tr\x84umet, la\x9e\n".encode("latin-1")
    text = found.decode("latin-1")
    assert mojibake_of(text) == Mojibake("cp850")
    assert mojibake_of(text).mend(text) == "T:Geißkopp, Schöne Jüdin, träumet, laß\n"


def test_utf8_that_was_converted_twice_is_itself_again() -> None:
    twice = "T:Muiñeira, L’air, Bourrée".encode().decode("cp1252")
    assert mojibake_of(twice).mend(twice) == "T:Muiñeira, L’air, Bourrée"


def test_a_sign_within_a_word_is_the_letter_that_it_came_from() -> None:
    assert (
        Mojibake().mend("Devine¹s Favorite, Coup de C¦ur, 5¹")
        == "Devine’s Favorite, Coup de Cœur, 5¹"
    )


def test_text_that_is_as_it_should_be_stays() -> None:
    for text in ("plain", "Muiñeira à l’Ó", "Âge, Ã la carte", "Ćiro Ĉaĉak"):
        assert mojibake_of(text).mend(text) == text


def test_the_wild_collection_is_windows_throughout(corpora: Path) -> None:
    files = sorted(corpora.glob("taberna/*.abc"))
    assert {charset_of(file.read_bytes()) for file in files} == {"cp1252"}


@pytest.mark.parametrize(
    "name",
    ["unicode_escape", "raw_unicode_escape", "undefined", "punycode", "idna", "utf-7", "utf-16", "rot13",
     "base64", "hex", "zlib", "mbcs", "cp037", "cp500", "iso2022_jp", "hz", "shift_jis", "utf-8-sig",
     "cp864", "unicode_internal", "string_escape", "x" * 10_000],
)  # fmt: skip
def test_a_charset_in_which_lines_and_signs_would_be_others_is_none(name: str) -> None:
    data = f"%%abc-charset {name}\nT:\\n Caf".encode() + b"\xe9\n"
    assert charset_of(data) == "cp1252"


def test_in_every_charset_that_may_be_declared_text_becomes_the_same_bytes_again() -> None:
    everything = bytes(range(0x80))
    letters = [bytes([one]) for one in range(0x80, 0x100)]
    letters += [one + other for one in letters for other in letters]
    for name in _DECLARABLE - {"iso8859-12"}:
        assert everything.decode(name) == everything.decode("ascii")
        for letter in letters:
            with suppress(UnicodeDecodeError):
                assert letter.decode(name).encode(name) == letter, (name, letter)


@pytest.mark.parametrize("name", ["unicode_escape", "undefined", "klingon", "utf-8", "utf-16"])
def test_a_charset_that_a_file_is_not_read_in_is_told_with_its_line(name: str) -> None:
    data = f"% a book\r\n%%abc-charset {name}\r\n\r\nX:1\r\nT:Café\r\nK:C\r\nC|\r\n".encode(
        "cp1252"
    )
    assert refused_charset(data) == (2, name)


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("%%abc-charset iso-8859-1\nT:Café\n", "cp1252"),
        ("%%abc-charset klingon\nT:Café\n", "utf-8"),
        ("%%abc-charset klingon\nT:Kesh\n", "ascii"),
        ("T:Café\n", "cp1252"),
    ],
)
def test_a_charset_that_is_right_or_does_no_harm_is_not_told(text: str, charset: str) -> None:
    assert refused_charset(text.encode(charset)) == (0, "")
