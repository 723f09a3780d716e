import dataclasses
import json
from pathlib import Path

from corpus.limits import Limits
from corpus.record import Reject
from corpus.source import SourceFile
from pipeline.judge import read_job, write_rejects
from pipeline.plan import Job, Place


def reject(code: str, offset: int = 0) -> Reject:
    return Reject("input", "book.abc", offset, 1, 1, code, f"it is {code}")


def test_rejects_are_written_in_the_order_of_reading(tmp_path: Path) -> None:
    placed = [
        (Place(1, 0, 1), reject("no-tune")),
        (Place(0, 80, 9), reject("bad-key", 80)),
        (Place(0, 10, 2), reject("no-note", 10)),
    ]
    assert [found.code for found in write_rejects(tmp_path, placed)] == [
        "no-note",
        "bad-key",
        "no-tune",
    ]
    lines = (tmp_path / "rejects.jsonl").read_text().splitlines()
    assert json.loads(lines[0]) == {
        "source": "input",
        "path": "book.abc",
        "offset": 10,
        "line": 1,
        "column": 1,
        "code": "no-note",
        "message": "it is no-note",
    }


def test_only_duplicates_say_what_was_kept(tmp_path: Path) -> None:
    duplicate = dataclasses.replace(reject("duplicate"), kept="0" * 16)
    write_rejects(tmp_path, [(Place(0, 0, 1), duplicate), (Place(0, 1, 1), reject("no-note"))])
    lines = map(json.loads, (tmp_path / "rejects.jsonl").read_text().splitlines())
    assert [line.get("kept") for line in lines] == ["0" * 16, None]


def test_a_job_reads_up_to_its_limit(book: Path) -> None:
    file = SourceFile("input", "book.abc", "not stated", str(book))
    places = [place for place, _ in read_job(Job(2, file, 3), book.read_bytes(), Limits())]
    assert [place.file for place in places] == [2, 2, 2]
    assert places == sorted(places)
    assert places[0] == Place(2, 39, 3)
