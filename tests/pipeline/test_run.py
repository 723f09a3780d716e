import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.support.runs import decided_bytes
from tuneloom.corpus.sketch import TuneSketch
from tuneloom.pipeline.dataset.files import RUN
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.dataset.shards import join_pieces
from tuneloom.pipeline.execution import transforms
from tuneloom.pipeline.steps.deduplicate import Families, find_families


def rejects_of(directory: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (directory / "rejects.jsonl").read_text().splitlines()]


def test_a_data_set_has_these_files(data_set: Path) -> None:
    assert sorted(path.name for path in data_set.iterdir()) == [
        "COMPLETED",
        "README.md",
        "croissant.json",
        "manifest.json",
        "rejects.jsonl",
        "run.json",
        "schema.pbtxt",
        "statistics.pb",
        "tunes-test-00000-of-00001.tfrecord",
        "tunes-train-00000-of-00004.tfrecord",
        "tunes-train-00001-of-00004.tfrecord",
        "tunes-train-00002-of-00004.tfrecord",
        "tunes-train-00003-of-00004.tfrecord",
        "tunes-validation-00000-of-00001.tfrecord",
    ]


def test_every_tune_is_taken_or_rejected(data_set: Path) -> None:
    counts = Manifest.load(data_set).counts
    assert (counts.read, counts.taken, counts.duplicates) == (5, 3, 1)
    assert sum(counts.rejects.values()) == 1
    broken, duplicate = sorted(
        rejects_of(data_set), key=lambda reject: reject["code"] == "duplicate"
    )
    assert broken["line"] > 1
    assert broken["message"]
    assert duplicate["message"] == "the same melody as the tune at byte 39 of input book.abc"


def test_the_rates_are_those_of_the_tunes_as_found(data_set: Path) -> None:
    rates = Manifest.load(data_set).as_found["input"]
    assert (rates.read, rates.levels["parseable"], rates.parseable_repaired) == (5, 4, 4)


def test_the_vocabulary_is_every_character_of_every_split_in_order(data_set: Path) -> None:
    manifest = Manifest.load(data_set)
    texts = [r.abc for split in manifest.splits for r in read_records(data_set, split)]
    assert manifest.vocabulary == "".join(sorted(set("".join(texts))))
    assert sum(s.characters for s in manifest.splits.values()) == sum(map(len, texts))


def test_two_runs_give_the_same_bytes(
    ingest: Callable[..., Any], book: Path, data_set: Path, tmp_path: Path
) -> None:
    assert ingest("--input", book, "--output", tmp_path / "again").status == 0
    assert decided_bytes(tmp_path / "again") == decided_bytes(data_set)


def test_the_order_of_the_inputs_does_not_matter(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.abc"
    other.write_text(book.read_text().replace("A2B|c2d", "B2A|d2c"))
    ingest("--input", book, "--input", other, "--output", tmp_path / "one")
    ingest("--input", other, "--input", book, "--output", tmp_path / "two")
    assert decided_bytes(tmp_path / "one") == decided_bytes(tmp_path / "two")


def test_shards_and_limit_are_as_asked(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    done = ingest("--input", book, "--output", tmp_path / "s", "--shards", 2, "--limit", 2)
    manifest = Manifest.load(tmp_path / "s")
    assert done.status == 0
    assert [s.split for s in manifest.shards] == ["train", "train", "validation", "test"]
    assert manifest.counts.read == 2


def test_a_query_says_which_tunes_are_read_and_the_limit_counts_those(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    (tmp_path / "keys.abc").write_text(
        "".join(f"X:{n}\nT:{n}\nK:{'DG'[n % 2]}\n{'ABcdefga'[n]}2 d2|\n\n" for n in range(1, 8))
    )
    arguments = ("--input", tmp_path / "keys.abc", "--output", tmp_path / "set", "--limit", 3)
    assert ingest(*arguments, "--query", "key:G  not number:3").status == 0
    manifest = Manifest.load(tmp_path / "set")
    assert manifest.options["query"] == "key:G not number:3"
    assert manifest.counts.read == 3
    assert "holds were read" in (tmp_path / "set" / "README.md").read_text()
    done = ingest("--input", book, "--output", tmp_path / "none", "--query", "key:Bb")
    assert done.err.endswith("--query key:Bb: no tune matches, so nothing was written\n")
    assert ingest("--input", book, "--query", "kee:G").status == 2


def test_bad_files_do_not_affect_others(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tunes"
    folder.mkdir()
    (folder / "good.abc").write_bytes(book.read_bytes())
    (folder / "empty.abc").touch()
    (folder / "binary.abc").write_bytes(bytes(range(256)) * 10)
    (folder / "caf\udce9.abc").write_text("This is prose.\n")
    assert ingest("--input", folder, "--output", tmp_path / "set").status == 0
    manifest = Manifest.load(tmp_path / "set")
    assert manifest.counts.taken == 3
    codes = {reject["code"] for reject in rejects_of(tmp_path / "set")}
    assert {"empty-file", "binary-file", "no-tune", "duplicate"} <= codes


def test_prose_gives_no_data_set(ingest: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("Once upon a time.\n")
    done = ingest("--input", tmp_path / "prose.txt", "--output", tmp_path / "set")
    assert done.status == 2
    assert "not one tune could be taken (no-tune 1)" in done.err
    assert done.err.endswith("; the first: prose.txt:1:1: the file holds no tune\n")
    assert [path.name for path in tmp_path.iterdir()] == ["prose.txt"]


def test_a_limit_that_rejects_every_tune_is_named(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    done = ingest("--input", book, "--output", tmp_path / "new" / "set", "--max-tune-chars", 20)
    assert done.status == 2
    assert "the first: book.abc:3:1: the tune has " in done.err
    assert done.err.endswith("and 20 is the limit (raise --max-tune-chars to admit it)\n")
    assert list(tmp_path.iterdir()) == []


def test_the_summary_counts_the_tunes_by_outcome(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    out = ingest("--input", book, "--output", tmp_path / "set").out
    rows = [line.split() for line in out.splitlines()]
    assert ["read", "5"] in rows
    assert ["duplicates", "1"] in rows
    assert ["input", "5", "80.0%", "80.0%"] in rows


def test_families_are_found_from_small_sketches(
    ingest: Callable[..., Any], book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered: list[TuneSketch] = []

    def noted(sketches: Iterable[TuneSketch]) -> Families:
        gathered.extend(sketches)
        return find_families(gathered)

    monkeypatch.setattr(transforms, "find_families", noted)
    assert ingest("--input", book, "--output", tmp_path / "set").status == 0
    assert len(gathered) == 4
    assert max(len(each.signature + each.steps + each.body) for each in gathered) < 350


def test_how_it_was_made_is_kept_apart(data_set: Path) -> None:
    made = json.loads((data_set / RUN).read_text())
    assert (made["runner"], made["workers"]) == ("FnApiRunner", 1)
    assert "apache-beam" in made["versions"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--source fokl", "unknown source 'fokl'"),
        ("--input {tmp}/*.nope", "the pattern matches no file"),
        ("--input {tmp}/nope.abc", "no such file"),
        ("--input {book} --runner NoSuchRunner", "--runner NoSuchRunner: Unexpected pipeline"),
        ("--input {book} --runner DaskRunner", "loses data silently"),
        (
            "--input {book} --runner PrismRunner --workers 2",
            "--workers works with FnApiRunner only",
        ),
        ("--input {book} --frobnicate", "unknown option --frobnicate"),
        ("--input {book} --output {book}/set", "cannot be written"),
        ("--input {book} --output {book}", "a file of that name exists"),
        ("--input {book} --output {tmp}/{long}/set", "cannot be written (File name too"),
        ("--input {tmp}/{long}.abc", "it cannot be read: File name too long"),
    ],
)
def test_bad_input_is_one_line_status_2_and_leaves_nothing(
    ingest: Callable[..., Any], book: Path, tmp_path: Path, arguments: str, message: str
) -> None:
    words = arguments.format(tmp=tmp_path, book=book, long="a" * 300).split()
    done = ingest("--output", tmp_path / "set", *words)
    assert done.status == 2
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert message in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_has_status_4_and_says_where_to_look(
    ingest: Callable[..., Any], book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(transforms, "write_piece", full)
    done = ingest("--input", book, "--output", tmp_path / "set")
    assert done.status == 4
    assert "No space left on device" in done.err
    assert done.err.count("\n") == 1
    (log,) = tmp_path.iterdir()
    assert f"see {log} for details" in done.err
    assert "Traceback" in log.read_text()


def test_a_file_that_a_lost_worker_left_unfinished_is_removed(
    ingest: Callable[..., Any],
    book: Path,
    data_set: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A cluster has another worker write the shard again; the first one's file has a temporary name."""

    def join_twice(directory: Path, name: str, pieces: Any) -> Any:
        (directory / f".{name}.0123456789abcdef").write_bytes(b"half a sh")
        return join_pieces(directory, name, pieces)

    monkeypatch.setattr(transforms, "join_pieces", join_twice)
    assert ingest("--input", book, "--output", tmp_path / "set").status == 0
    assert decided_bytes(tmp_path / "set") == decided_bytes(data_set)


PLUGIN = """
from tuneloom.corpus.training_text.melody_profile import MELODY
from tuneloom.corpus.training_text.profile import Profile
from tuneloom.corpus.training_text.profiles import PROFILES
from tuneloom.grammar.tune.elements import Note

PROFILES.register("notes", Profile(lambda element: isinstance(element, Note), MELODY.rewrite))
"""


@pytest.mark.slow
def test_a_plugin_of_the_project_is_loaded_by_the_workers_too(book: Path, tmp_path: Path) -> None:
    (tmp_path / "our_profile.py").write_text(PLUGIN)
    (tmp_path / "pyproject.toml").write_text('[tool.tuneloom]\nplugins = ["our_profile"]\n')
    options = ["--input", book, "--output", tmp_path / "set", "--profile", "notes"]
    run = subprocess.run(
        [sys.executable, "-m", "tuneloom.pipeline.ingest"]
        + [str(option) for option in (*options, "--workers", 2)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert Manifest.load(tmp_path / "set").profile == "notes"
