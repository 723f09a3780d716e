import dataclasses
import json
from pathlib import Path

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_local
from tuneloom.corpus.record import Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.pipeline.steps.judge import judge_tunes
from tuneloom.pipeline.steps.plan import Job, Plan, SortKey
from tuneloom.pipeline.steps.reading import open_jobs, placed_tunes
from tuneloom.pipeline.steps.write_rejects import write_rejects


def reject(code: str, offset: int = 0) -> Reject:
    return Reject("input", "book.abc", offset, 1, 1, code, f"it is {code}")


def test_rejects_are_written_in_the_order_of_reading(tmp_path: Path) -> None:
    placed = [
        (SortKey(1, 0, 0, 1), reject("no-tune")),
        (SortKey(0, 0, 80, 9), reject("bad-key", 80)),
        (SortKey(0, 0, 10, 2), reject("no-note", 10)),
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
    write_rejects(
        tmp_path, [(SortKey(0, 0, 0, 1), duplicate), (SortKey(0, 0, 1, 1), reject("no-note"))]
    )
    lines = map(json.loads, (tmp_path / "rejects.jsonl").read_text().splitlines())
    assert [line.get("kept") for line in lines] == ["0" * 16, None]


def test_what_is_judged_has_a_record_a_sketch_and_a_count_or_a_reject(book: Path) -> None:
    file = SourceFile("input", "book.abc", "not stated", str(book))
    plan = Plan("melody", "", None, {"train": 4, "test": 1}, (), (Job(0, file),), Limits())
    found = (
        placed
        for job, opened in open_jobs(plan.jobs, Limits(), open_local)
        for placed in placed_tunes(job, opened)
    )
    judged = judge_tunes(found, plan)
    assert judged.report.read == {"input": 5}
    assert [place.line for place, _ in judged.rejects] == [26]
    records = [each for inside in judged.ranges.values() for each in inside]
    assert sorted(place.line for place, _ in records) == [3, 11, 19, 33]
    assert sorted(each.id for each in judged.sketches) == sorted(record.id for _, record in records)
