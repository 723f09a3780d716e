import json
from collections.abc import Callable
from pathlib import Path

from corpus.record import Record, Reject
from corpus.source import SourceFile
from pipeline.judge import keep_first, read_job, write_rejects
from pipeline.plan import Job, Place


def reject(code: str, offset: int = 0) -> Reject:
    return Reject("input", "book.abc", offset, 1, 1, code, f"it is {code}")


def test_the_first_in_the_order_of_the_files_is_kept(tune: Callable[..., Record]) -> None:
    later = Place(1, 0, 1), tune(path="b.abc")
    first = Place(0, 90, 7), tune(path="a.abc", offset=90)
    kept, others = keep_first([later, first])
    assert kept.path == "a.abc"
    ((place, duplicate),) = others
    assert place == Place(1, 0, 1)
    assert (duplicate.code, duplicate.path, duplicate.kept) == ("duplicate", "b.abc", kept.id)
    assert duplicate.message == "the same melody as the tune at byte 90 of input a.abc"


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


def test_only_duplicates_say_what_was_kept(tune: Callable[..., Record], tmp_path: Path) -> None:
    _, duplicates = keep_first([(Place(0, 0, 1), tune()), (Place(0, 9, 5), tune())])
    write_rejects(tmp_path, [*duplicates, (Place(0, 1, 1), reject("no-note"))])
    lines = map(json.loads, (tmp_path / "rejects.jsonl").read_text().splitlines())
    assert [line.get("kept") for line in lines] == [None, tune().id]


def test_a_job_reads_up_to_its_limit(book: Path) -> None:
    file = SourceFile("input", "book.abc", "not stated", str(book))
    places = [place for place, _ in read_job(Job(2, file, 3))]
    assert [place.file for place in places] == [2, 2, 2]
    assert places == sorted(places)
    assert places[0] == Place(2, 39, 3)
