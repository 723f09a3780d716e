import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.runs import decided_bytes


def contract(folder: Path, text: str) -> Path:
    path = folder / "contract.toml"
    path.write_text(text)
    return path


def results_in(path: Path) -> dict[str, Any]:
    fields = json.loads(path.read_text())
    assert isinstance(fields, dict)
    return fields


def test_a_data_set_that_meets_the_expectations_is_published(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    expected = contract(tmp_path, "[tunes]\nmin_parseable = 80\n[last_run]\nmax_fewer = 1\n")
    output = tmp_path / "set"
    assert ingest("--input", book, "--output", output, "--expect", expected).status == 0
    results = results_in(tmp_path / "set.expectations.json")
    assert results["met"] is True
    assert [result["found"] for result in results["expectations"]] == [80.0, None]
    again = ingest("--input", book, "--output", output, "--expect", expected, "--overwrite")
    assert again.status == 0
    results = results_in(tmp_path / "set.expectations.json")
    assert [result["found"] for result in results["expectations"]] == [80.0, 0]


def test_one_that_does_not_leaves_the_last_data_set(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    output = tmp_path / "set"
    ingest("--input", book, "--output", output)
    before = decided_bytes(output)
    expected = contract(tmp_path, "[rejects]\nunclosed-chord = 0\n[last_run]\nmax_fewer = 10\n")
    half = tmp_path / "half.abc"
    half.write_text(book.read_text().partition("X:5")[0])
    done = ingest("--input", half, "--output", output, "--overwrite", "--expect", expected)
    assert done.status == 3
    assert done.err == (
        f"error: {expected}: 2 of 2 expectations not met: rejects.unclosed-chord is 1, 0 at most; "
        f"last_run.max_fewer is 33.33333, 10 at most (3 before, 2 now); {output} is unchanged, "
        f"see {output}.expectations.json\n"
    )
    assert decided_bytes(output) == before
    results = results_in(tmp_path / "set.expectations.json")
    assert results["met"] is False
    assert results["examples"] == {
        "unclosed-chord": ["half.abc:31:11: a chord `[` that is never closed"]
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "contract.toml",
        "half.abc",
        "set",
        "set.expectations.json",
    ]


def test_another_file_is_not_replaced_by_results(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    expected = contract(tmp_path, "[tunes]\nmin_read = 1\n")
    mine = tmp_path / "mine.json"
    mine.write_text('{"met": true}')
    done = ingest(
        *("--input", book, "--output", tmp_path / "set"),
        *("--expect", expected, "--expect-results", mine),
    )
    assert done.status == 2
    assert "not a file of results, so it is not replaced" in done.err
    assert mine.read_text() == '{"met": true}'
    assert not (tmp_path / "set").exists()


def test_results_need_expectations(ingest: Callable[..., Any], book: Path, tmp_path: Path) -> None:
    done = ingest("--input", book, "--output", tmp_path / "set", "--expect-results", "r.json")
    assert (done.status, done.err) == (2, "error: --expect-results needs --expect FILE\n")
