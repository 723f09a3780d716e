"""Files of every form, and what is recorded of them."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ingestion import forms
from tests.support.tune_forms import FORMS, write_form
from tuneloom.corpus.admit import admit
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_tune_files, read_raw_tunes
from tuneloom.corpus.record import RawTune, Record
from tuneloom.corpus.sources import SOURCES
from tuneloom.corpus.sources.inputs import input_files

PLAIN = "X:1\nT:One\nM:4/4\nL:1/8\nK:D\nABcd efga|A2B,2 c2d2|\n"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Twelve tunes of O'Neill's book, and eight of Ryan's with more dirt."""
    return [
        tune.text
        for name, count in (("oneill", 12), ("ryan", 8))
        for file in SOURCES[name].files()[:count]
        for tune in list(read_raw_tunes(file))[:1]
        if isinstance(tune, RawTune)
    ]


def melodies(path: Path) -> list[str]:
    results = [
        admit(tune, "melody").result
        for file in input_files([str(path)])
        for tune in read_raw_tunes(file)
        if isinstance(tune, RawTune)
    ]
    return [each.id if isinstance(each, Record) else each.code for each in results]


@pytest.mark.parametrize("name", FORMS)
def test_the_tunes_of_every_form_are_those_of_the_tunebook(
    tmp_path: Path, texts: list[str], name: str
) -> None:
    expected = melodies(write_form(tmp_path, "tunes.abc", texts))
    assert len(expected) == len(texts)
    assert sorted(melodies(write_form(tmp_path, name, texts))) == sorted(expected)


@pytest.mark.slow
def test_a_thousand_real_tunes_come_back_from_every_form() -> None:
    assert forms.main([])


def test_the_hash_is_that_of_the_whole_file_unpacked(tmp_path: Path, texts: list[str]) -> None:
    data = FORMS["tunes.csv"](texts)
    path = write_form(tmp_path, "tunes.csv.xz", texts)
    for opened in open_tune_files(input_files([str(path)]), Limits()):
        assert next(opened.tunes())
        assert opened.digest_and_size() == (hashlib.sha256(data).hexdigest(), len(data))


@given(
    name=st.sampled_from(sorted(FORMS)),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=9),
    cut=st.none() | st.floats(0, 1),
)
def test_whatever_happens_to_a_file_is_a_reject(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    changes: list[tuple[float, int]],
    cut: float | None,
) -> None:
    path = write_form(tmp_path_factory.mktemp("form"), name, [PLAIN] * 20)
    data = bytearray(path.read_bytes())
    for place, value in changes:
        data[int(place * len(data))] = value
    path.write_bytes(data[: len(data) if cut is None else int(cut * len(data))])
    for opened in open_tune_files(input_files([str(path)]), Limits()):
        assert list(opened.tunes())
        opened.digest_and_size()


def test_a_file_in_a_zip_archive_may_lack_a_name(tmp_path: Path) -> None:
    data = write_form(tmp_path, "tunes.zip", [PLAIN] * 4).read_bytes()
    path = tmp_path / "nameless.zip"
    path.write_bytes(data.replace(b"tunes/two.abc", b"\0unes/two.abc"))
    assert melodies(path)
