from pathlib import Path

from tuneloom.corpus.sources.inputs import input_files
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records, read_rejects
from tuneloom.pipeline.steps.survey import survey_files


def test_a_survey_finds_what_an_ingestion_puts_into_a_data_set(book: Path, data_set: Path) -> None:
    found = survey_files(input_files([str(book)]), "melody")
    manifest = Manifest.load(data_set)
    records = [each for split in manifest.splits for each in read_records(data_set, split)]
    assert sorted(found.records, key=lambda r: r.offset) == sorted(records, key=lambda r: r.offset)
    assert found.rejects == list(read_rejects(data_set))
    assert found.as_found == manifest.as_found


def test_a_file_without_a_tune_is_a_reject_of_a_source_that_is_counted(
    tmp_path: Path,
) -> None:
    (tmp_path / "prose.txt").write_text("Once upon a time.\n")
    found = survey_files(input_files([str(tmp_path)]), "melody")
    assert [reject.code for reject in found.rejects] == ["no-tune"]
    assert found.as_found["input"].read == 0
