"""Texts of any size and kind end within seconds, without recursion and without a traceback."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tunes import parse_tune
from tuneloom.grammar import is_parseable, parse, read_book
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.parsing.parser import MAX_CHARACTERS
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.source.resolver import resolve_tune

HEADER = "X:1\nK:D\n"


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, "(" * 30_000, "{" * 100_000, "(3" * 50_000, "[K:" * 60_000, '"' * 99_999,
     "A" + "9" * 1000, "!" * 5_001, "+A" * 100_000, "\\ " * 50_000, '!\\"' * 10_000, "<" * 100_000,
     "n" * 100_000],
    ids=lambda body: body[:4],
)  # fmt: skip
def test_what_is_piled_up_is_refused_quickly(body: str) -> None:
    parsed = parse(HEADER + repair(HEADER + body).text.removeprefix(HEADER) + "\n")
    assert not parsed.parseable or body[0] in '("'  # slurs may pile up, and blank texts go
    assert is_parseable(HEADER + body) == parse(HEADER + body).parseable


def test_a_line_of_ten_megabytes_gets_a_verdict_but_no_tree() -> None:
    text = HEADER + "ABcd|" * 2_000_000 + "\n"
    assert is_parseable(text)
    assert not is_parseable(text.replace("|\n", "|k\n"))
    [diagnostic] = parse(text).diagnostics
    assert diagnostic.code == "too-long"
    assert len(text) > MAX_CHARACTERS


def test_macros_cannot_make_a_text_grow_out_of_bounds() -> None:
    text = "X:1\n" + f"m:~g={'g' * 10_000}\n" + "m:g=gg\n" * 50 + "K:D\n" + "~g" * 10_000 + "\n"
    parsed = parse(text)
    assert parsed.parseable
    assert len(parsed.resolved.text) < 10 * len(text)


@pytest.mark.parametrize(
    ("definition", "music"),
    [
        (f"m:g={'a' * 199}", "g" * 20_000),
        (f"m:~n={'n' * 199}", "~g" * 10_000),
        (f"U:T=!{'a' * 190}!", "TA" * 10_000),
        (f"U:T=!{'a' * 5_000}!", "TA" * 10_000),
        (f"U:T=!{'a' * 190}!\nm:g={'T' * 199}", "g" * 20_000),
    ],
)
def test_no_definition_makes_a_text_many_times_as_long(definition: str, music: str) -> None:
    text = f"X:1\n{definition}\nK:D\n{music}\n"
    start = time.process_time()
    assert len(resolve_tune(text).text) < 2 * len(text) + 120_000
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "data",
    [b"%%begintext\n" * 50_000, b"X:1\nK:D\n\n" + b"A|" * 50_000 + b"\xe9", b"X:1\nK:D\n\n" * 20_000],
    ids=["blocks-without-end", "bars-and-a-letter", "headers-without-music"],
)  # fmt: skip
def test_a_tunebook_of_any_size_is_read_quickly(data: bytes) -> None:
    start = time.process_time()
    read_book(data)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("music", ["! " * 50_000, "~g " * 50_000, '!\\"' * 50_000])
def test_a_long_line_with_macros_is_resolved_quickly(music: str) -> None:
    start = time.process_time()
    resolve_tune(f"X:1\nm:~n=gg\nm:zq=A\nU:W=!trill!\nK:D\n{music}\n")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("line", ["m:~q{}=b\nC|\n", "[m:~q{}=b]C|"], ids=["lines", "in-the-music"])
def test_any_number_of_macros_is_resolved_quickly(line: str) -> None:
    start = time.process_time()
    resolve_tune("X:1\nK:D\n" + "".join(line.format(number) for number in range(10_000)))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "music",
    ["^cdef\n" * 4_000, "cdef" * 8_000, "V:1\ncdef|\nV:2\n" * 2_000 + "cdef\n" * 2_000],
    ids=["lines", "one-bar", "voices"],
)
def test_missing_bar_lines_are_found_and_written_quickly(music: str) -> None:
    start = time.process_time()
    result = repair(f"X:1\nT:x\nM:2/4\nL:1/8\nK:C\n{music}g4|\n")
    assert result.parsed.parseable
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "body",
    [f"A|{'1-9999,' * 8000}1 A:|", f"|:A|{'1-100,' * 9000}1 A:|{'[1-9999 B:|' * 300}", "|:A" * 2000],
    ids=["ranges", "ranges-within-limits", "repeats"],
)  # fmt: skip
def test_what_is_counted_in_endings_takes_no_more_memory_than_any_text(body: str) -> None:
    text = f"X:1\nT:x\nM:4/4\nL:1/8\nK:C\n{body}\n"
    for read in (check_tune, repair, lambda text: parse_tune(text).performance()):
        read("X:1\nT:x\nK:C\nA|\n")  # loads tables, which stay
        tracemalloc.start()
        read(text)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 50 * len(text) + 20_000_000


def test_a_note_that_lasts_for_a_million_bars_is_one_note() -> None:
    start = time.process_time()
    repair("X:1\nT:x\nM:1/64\nL:9999/1\nK:C\nC9999 D|\n", unsafe=True)
    assert time.process_time() - start < 5


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_parsed_or_explained(data: bytes) -> None:
    for found in read_book(b"X:1\nK:D\n" + data).tunes:
        parsed = parse(found.text, found.line)
        assert parsed.parseable == (not parsed.diagnostics)
        repair(found.text)


@pytest.mark.parametrize(
    "line",
    [
        "M:4/4" + " " * 200_000,
        "a word" + " " * 200_000 + "5 word",
        " " * 200_000 + "k",
        "A" + "<s =" * 50_000,
        "!a b" * 50_000,
        "C:" + "k " * 100_000,
    ],
)
def test_a_long_line_that_is_no_music_is_told_in_linear_time(line: str) -> None:
    started = time.perf_counter()
    parse(f"X:1\nK:D\n{line}\n")
    parse(f"X:1\n{line}\n")
    assert time.perf_counter() - started < 20
