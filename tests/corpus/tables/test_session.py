"""The Session's table, by a small one of our own in its format, with the dirt that is found in it."""

import json
from pathlib import Path

import pytest

from tuneloom.corpus.admit import admit
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Record, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources import SOURCES, resolve_sources
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.run import main

TABLE = b"""\
tune_id,setting_id,name,type,meter,mode,abc,date,username
1,1,Even Jig,jig,6/8,Dmajor,"|:dff cee|def gfe|\r
dff cee|dfe dBA:|",2001-05-14 00:00:00,ann
2,7,"Reel, A",reel,4/4,Edorian,"""
TABLE += (
    b'"""Em""EBBA B2 EB|""D""d2 AB dABc|\r\r\nB2 AB gfed|e2 dc d4|",2002-01-01 00:00:00,bob\r\n'
)
TABLE += '3,9,Caf&eacute; Clár,waltz,3/4,Gmajor,"G2B>d|c2A2|\nB2G2|[B",,eve\n'.encode()
TABLE += b'3,10,Slow,slide,12/8,Aminor,"A3 ABc|*\n\n\n|d3 def|",2003-01-01 00:00:00,"eve, again"\n'


def file_of(folder: Path, data: bytes = TABLE) -> SourceFile:
    path = folder / "tunes.csv"
    path.write_bytes(data)
    return SourceFile("thesession", path.name, "ODbL", str(path), format="thesession")


def tunes_of(file: SourceFile) -> list[RawTune]:
    return [found for found in read_raw_tunes(file) if isinstance(found, RawTune)]


def test_each_row_is_a_tune_with_a_header_of_its_columns(tmp_path: Path) -> None:
    jig, reel, _, slide = (tune.text for tune in tunes_of(file_of(tmp_path)))
    assert jig == (
        "X:1\nT:Even Jig\nR:jig\nM:6/8\nL:1/8\nK:Dmajor\n|:dff cee|def gfe|\ndff cee|dfe dBA:|\n"
    )
    assert reel.startswith('X:7\nT:Reel, A\nR:reel\nM:4/4\nL:1/8\nK:Edorian\n"Em"EBBA')
    assert slide.endswith("A3 ABc|*\n%\n%\n|d3 def|\n")


def test_the_way_back_leads_to_the_row_and_the_line_of_the_music(tmp_path: Path) -> None:
    tunes = tunes_of(file_of(tmp_path))
    assert [(tune.row, tune.line) for tune in tunes] == [(1, 2), (2, 4), (3, 7), (4, 9)]


def test_such_a_table_is_known_by_its_columns_and_may_be_json(tmp_path: Path) -> None:
    file_of(tmp_path)
    [file] = input_files([str(tmp_path / "tunes.csv")])
    tunes = tunes_of(file)
    assert [tune.text for tune in tunes] == [tune.text for tune in tunes_of(file_of(tmp_path))]
    names = ("setting_id", "name", "type", "meter", "mode", "abc")
    row = dict(zip(names, ("1", "Even Jig", "jig", "6/8", "Dmajor", "|:dff cee|"), strict=True))
    tmp_path.joinpath("tunes.json").write_text(json.dumps([row, row | {"mode": None}]))
    [file] = input_files([str(tmp_path / "tunes.json")])
    tune, bad = read_raw_tunes(file)
    assert isinstance(tune, RawTune)
    assert tune.text == "X:1\nT:Even Jig\nR:jig\nM:6/8\nL:1/8\nK:Dmajor\n|:dff cee|\n"
    assert isinstance(bad, Reject)
    assert (bad.code, bad.row, bad.message) == ("bad-row", 2, "the row has no 'mode'")


def test_tunes_are_admitted_repaired_or_rejected_as_any_others(tmp_path: Path) -> None:
    found = read_raw_tunes(file_of(tmp_path))
    results = [admit(raw, "melody").result for raw in found if isinstance(raw, RawTune)]
    jig, reel, broken, slide = results
    assert isinstance(jig, Record)
    assert (jig.title, jig.rhythm, jig.unit_note_length, jig.meter) == (
        *("Even Jig", "jig", "1/8", "6/8"),
    )
    assert isinstance(reel, Record)
    assert (reel.tonic, reel.mode) == ("E", "dor")
    assert isinstance(slide, Record)
    assert (slide.bars, slide.repairs) == (2, ("reserved-character",))
    assert isinstance(broken, Reject)
    # `[B` is on the second line of its tune, and the third tune begins on line 7 of the table.
    assert (broken.code, broken.line, broken.column) == ("unclosed-chord", 8, 6)


def test_an_error_in_a_column_of_the_header_is_at_the_music(tmp_path: Path) -> None:
    table = TABLE.replace(b"6/8,Dmajor", b"6/8,Hmajor")
    raw = next(iter(read_raw_tunes(file_of(tmp_path, table))))
    assert isinstance(raw, RawTune)
    reject = admit(raw, "melody").result
    assert isinstance(reject, Reject)
    assert (reject.code, reject.line, reject.column) == ("bad-key", 2, 1)


def test_a_table_without_a_column_is_a_reject(tmp_path: Path) -> None:
    [reject] = read_raw_tunes(file_of(tmp_path, b"name,abc\nOne,ABc|\n"))
    assert isinstance(reject, Reject)
    assert (reject.code, reject.message) == ("bad-table", "the table has no column 'setting_id'")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (b"4,11,Short\n", "the row has 3 cells, and the header 9"),
        (b'4,11,Cut,jig,6/8,Dmajor,"|:dff', "the row is broken: unexpected end of data"),
    ],
)
def test_a_damaged_row_is_reported_with_its_line(tmp_path: Path, row: bytes, problem: str) -> None:
    *tunes, reject = read_raw_tunes(file_of(tmp_path, TABLE + row))
    assert len(tunes) == 4
    assert isinstance(reject, Reject)
    assert (reject.code, reject.row, reject.line) == ("bad-row", 5, 13)
    assert reject.message == problem


def test_the_license_must_be_accepted_before_the_source_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match=r"large language models.*--accept-license thesession"):
        resolve_sources(["thesession"], [])
    folder = tmp_path / "thesession"
    folder.mkdir()
    file_of(folder)
    monkeypatch.setenv("TUNELOOM_CORPORA", str(tmp_path))
    assert SOURCES["thesession"].here()
    [file] = resolve_sources(["thesession"], [], ["thesession"])
    assert file.location == str(folder / "tunes.csv")
    arguments = ["--source", "thesession", "--output", str(tmp_path / "set")]
    assert main(arguments) == 2
    assert main([*arguments, "--accept-license", "thesession"]) == 0
    assert "large language models" in (tmp_path / "set" / "README.md").read_text()
