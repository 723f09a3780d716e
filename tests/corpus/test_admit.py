import pytest

from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import Outcome, RawTune, Record, Reject
from tuneloom.grammar.parsing.parser import MAX_CHARACTERS

TUNE = "X:7\nT:The Kesh\nR:jig\nM:6/8\nL:1/8\nK:G\nG3 GAB|A3 ABd|\n"


def outcome(text: str) -> Outcome:
    return admit(RawTune("irish", "irish.abc", "MIT", 120, 11, text), "melody")


def record(text: str) -> Record:
    result = outcome(text).result
    assert isinstance(result, Record)
    return result


def test_a_record_carries_what_the_tune_says_and_where_it_came_from() -> None:
    found = record(TUNE)
    assert (found.source, found.path, found.license, found.offset) == (
        "irish",
        "irish.abc",
        "MIT",
        120,
    )
    assert (found.title, found.rhythm, found.meter) == ("The Kesh", "jig", "6/8")
    assert (found.unit_note_length, found.tonic, found.mode) == ("1/8", "G", "maj")
    assert (found.bars, found.notes) == (2, 8)
    assert found.levels == ("parseable", "strict", "sound", "metrical")
    assert found.repairs == ()


@pytest.mark.parametrize(
    "other",
    [
        TUNE.replace("X:7\nT:The Kesh", "X:8\nT:Kincora"),
        TUNE.replace("G3 GAB", '"G"G2-G !trill!G(AB)'),
        TUNE.replace("L:1/8", "L:1/16").replace("G3 GAB|A3 ABd", "G6 G2A2B2|A6 A2B2d2"),
        TUNE.replace("K:G", "K:D").replace("|A3", "|[K:G]A3"),
    ],
)
def test_the_id_depends_only_on_what_sounds(other: str) -> None:
    assert record(other).id == record(TUNE).id


@pytest.mark.parametrize("other", ["G3 GAB|A3 ABe|", "G3 GAB|A3 AB>d|", "G3 GAB|A3 ABz|"])
def test_another_melody_has_another_id(other: str) -> None:
    assert record(TUNE.replace("G3 GAB|A3 ABd|", other)).id != record(TUNE).id


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (TUNE.replace("ABd", "AB#d").replace("GAB", "Gk"), "unknown-letter", 17, 5),
        (TUNE.replace("K:G", "K:H"), "bad-key", 16, 1),
        ("X:1\nK:G\n", "no-note", 11, 1),
        ("X:1\nK:G\nz4|\n", "no-note", 11, 1),
        ("X:1\nK:G\nV:1\nABc|\nV:2\nGGG|\n", "multi-voice", 11, 1),
        ("X:1\nK:G\nABc & GGG|\n", "multi-voice", 11, 1),
        ("X:1\nK:G\nABc (3!trill!|d|\n", "not-canonical", 11, 1),
        ("X:1\nK:G\n" + "A" * MAX_CHARACTERS, "too-long", 11, 1),
    ],
)
def test_a_reject_says_why_and_where(text: str, code: str, line: int, column: int) -> None:
    result = outcome(text).result
    assert isinstance(result, Reject)
    assert (result.code, result.line, result.column) == (code, line, column)
    assert result.message


def test_repairs_do_not_change_the_levels_as_found() -> None:
    found = outcome(TUNE.replace("A3 ABd|", "|A3 AB*d|@"))
    assert isinstance(found.result, Record)
    assert found.result.repairs == ("reserved-character",)
    assert (found.levels_as_found, found.parseable_repaired) == ((), True)
