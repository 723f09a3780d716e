"""Tables among the inputs of a run: rows on record, columns and licenses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.runs import decided_bytes
from tests.support.tune_forms import write_form
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sources import SOURCES
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records

ROWS = [
    {"abc": "X:1\nT:One\nK:D\nABcd|efga|\n"},
    {"abc": "X:2\nT:Broken\nK:D\nABcd|[CE\n"},
    {"abc": "X:3\nT:Two\nK:D\nABcd|edcB|\n\nX:4\nT:Three\nK:G\nGABc|dedB|\n"},
    {"abc": None},
    {"abc": "X:5\nT:One again\nK:D\nABcd|efga|\n"},
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "tunes.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


def rejects_of(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / "rejects.jsonl").read_text().splitlines()]


def test_records_and_rejects_tell_the_row(
    table: Path, tmp_path: Path, ingest: Callable[..., Any]
) -> None:
    output = tmp_path / "set"
    done = ingest("--input", table, "--column", "abc", "--output", output)
    assert done.status == 0, done.err
    records = [
        each for split in Manifest.load(output).splits for each in read_records(output, split)
    ]
    records.sort(key=lambda record: record.title)
    assert [(each.title, each.row, each.offset) for each in records] == [
        ("One", 1, 0),
        ("Three", 3, 26),
        ("Two", 3, 0),
    ]
    assert [
        (each["code"], each["row"], each["line"], each.get("tune_line"))
        for each in rejects_of(output)
    ] == [("unclosed-chord", 2, 2, 4), ("bad-row", 4, 4, None), ("duplicate", 5, 5, None)]
    assert rejects_of(output)[2]["message"] == (
        "the same melody as the tune in row 1 of input tunes.jsonl"
    )
    assert Manifest.load(output).options["column"] == "abc"


def test_a_stated_license_is_in_records_manifest_and_card(
    table: Path, tmp_path: Path, ingest: Callable[..., Any]
) -> None:
    output = tmp_path / "set"
    done = ingest("--input", table, "--license", "cc-by-sa-4.0", "--output", output)
    assert done.status == 0, done.err
    assert "input is under CC-BY-SA-4.0: share the data set" in " ".join(done.out.split())
    assert {record.license for record in read_records(output, "train")} <= {"CC-BY-SA-4.0"}
    [source] = Manifest.load(output).sources
    assert (source.license.name, source.license.share_alike) == ("CC-BY-SA-4.0", True)
    assert "CC-BY-SA-4.0" in (output / "README.md").read_text()


def test_a_run_that_finds_no_column_leaves_the_old_data_set(
    table: Path, tmp_path: Path, ingest: Callable[..., Any]
) -> None:
    output = tmp_path / "set"
    assert ingest("--input", table, "--output", output).status == 0
    before = decided_bytes(output)
    done = ingest("--input", table, "--column", "tune", "--output", output, "--overwrite")
    assert done.status == 2
    assert done.err.endswith("tunes.jsonl:1:1: the table has no column 'tune'; it has 'abc'\n")
    assert decided_bytes(output) == before


def test_a_limit_counts_the_tunes_of_rows(
    table: Path, tmp_path: Path, ingest: Callable[..., Any]
) -> None:
    output = tmp_path / "set"
    assert ingest("--input", table, "--limit", 3, "--output", output).status == 0
    assert Manifest.load(output).counts.read == 3


@pytest.mark.slow
def test_tables_and_archives_give_the_same_bytes_with_any_number_of_workers(
    tmp_path: Path, ingest: Callable[..., Any]
) -> None:
    tunes = [
        tune.text
        for file in SOURCES["fife"].files()
        for tune in read_raw_tunes(file)
        if isinstance(tune, RawTune)
    ]
    names = ("tunes.jsonl.gz", "tunes.tgz", "groups.parquet", "wide.csv", "marks.txt", "tunes.zip")
    inputs = [word for name in names for word in ("--input", write_form(tmp_path, name, tunes))]
    sets = []
    for workers in (1, 3):
        sets.append(tmp_path / f"set{workers}")
        done = ingest(*inputs, "--workers", workers, "--output", sets[-1])
        assert done.status == 0, done.err
    assert decided_bytes(sets[0]) == decided_bytes(sets[1])
    assert Manifest.load(sets[0]).counts.read == len(names) * len(tunes)
