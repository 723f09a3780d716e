import json
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.tunes.tune_set import DrawnText, TunebookTune, TuneSet, read_tunes

GENERATED = """\
%%tuneloom draws 3
%%tuneloom model first, temperature 1.0, seed 0

%%tuneloom draw 1
X:1
T:Tune 1
K:D
A|

G|

%%tuneloom draw 2
X:2
T:Tune 2
%%tuneloom unfinished
K:D
A

%%tuneloom draw 3
X:3
T:Tune 3

"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tunes.abc"


def test_a_file_of_ours_gives_each_draw_without_the_heading_that_was_put_before_it(
    path: Path,
) -> None:
    path.write_text(GENERATED)
    assert read_tunes(path) == TuneSet(
        (DrawnText("K:D\nA|\n\nG|"), DrawnText("K:D\nA", finished=False), DrawnText("")),
        requested=3,
    )


def test_a_draw_keeps_fields_of_its_own_that_look_like_the_heading(path: Path) -> None:
    path.write_text("%%tuneloom draw 1\nX:1\nT:Tune 1\nT:My own\nX:2\nK:D\nA|\n")
    assert read_tunes(path).tunes == (DrawnText("T:My own\nX:2\nK:D\nA|"),)


def test_draws_that_are_missing_were_asked_for_all_the_same(path: Path) -> None:
    path.write_text(GENERATED.replace("draws 3", "draws 200"))
    assert read_tunes(path).requested == 200


def test_concatenated_files_add_up(path: Path) -> None:
    path.write_text(GENERATED * 2)
    file = read_tunes(path)
    assert (len(file.tunes), file.requested) == (6, 6)


def test_a_count_that_is_too_small_is_not_believed(path: Path) -> None:
    path.write_text(GENERATED.replace("draws 3", "draws 1"))
    assert read_tunes(path).requested == 3


def test_line_ends_and_byte_order_marks_of_editors_do_no_harm(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + GENERATED.replace("\n", "\r\n").encode())
    assert read_tunes(path).tunes[0] == DrawnText("K:D\nA|\n\nG|")


def test_any_other_file_is_a_tunebook(path: Path) -> None:
    path.write_text("X:1\nT:One\nK:D\nA|\n\nX:2\nT:Two\nK:G\nG|\n")
    file = read_tunes(path)
    assert file.tunes == (
        TunebookTune("X:1\nT:One\nK:D\nA|\n"),
        TunebookTune("X:2\nT:Two\nK:G\nG|\n"),
    )
    assert file.requested == 2


def test_a_tunebook_gives_its_header_to_its_tunes(path: Path) -> None:
    path.write_text("U:k=!trill!\n\nX:1\nT:One\nK:D\nkA|\n")
    assert read_tunes(path).tunes == (TunebookTune("X:1\nT:One\nK:D\nkA|\n", "U:k=!trill!\n"),)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02", "the file is not text"),
        (b"No music here.\n", "no tune in this file"),
        (b"%%tuneloom draws 0\n", "no tune in this file"),
    ],
)
def test_a_file_without_tunes_is_an_error_that_says_so(
    path: Path, data: bytes, problem: str
) -> None:
    path.write_bytes(data)
    with pytest.raises(UsageError, match=problem):
        read_tunes(path)


def test_a_file_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.abc: cannot be read: No such file"):
        read_tunes(tmp_path / "gone.abc")
    with pytest.raises(UsageError, match="Is a directory"):
        read_tunes(tmp_path)


def test_each_row_of_a_table_counts_whether_it_holds_a_tune_or_not(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    answers = ("X:1\nT:One\nK:D\nABcd|\n", "I cannot write music.", None)
    path.write_text("".join(json.dumps({"id": 1, "output": text}) + "\n" for text in answers))
    read = read_tunes(path)
    assert read.tunes == (TunebookTune("X:1\nT:One\nK:D\nABcd|\n"),)
    assert read.requested == 3
    assert read.faults == (
        f"{path}:2:1 (row 2): the text of the row holds no tune",
        f"{path}:3:1 (row 3): the row has no tune: its cell is empty",
    )
    with pytest.raises(UsageError, match="has no column 'abc'"):
        read_tunes(path, "abc")


def test_texts_between_marks_are_draws(tmp_path: Path) -> None:
    path = tmp_path / "drawn.txt"
    path.write_text("X:1\nT:\nK:D\nABcd|<|endoftext|>X:2\nK:D\nBr<|endoftext|>\n")
    assert read_tunes(path) == TuneSet((DrawnText("K:D\nABcd|"), DrawnText("K:D\nBr")), 2)
    path.write_text("<s> M:4/4 K:D A 2 B 2 </s>\n<s> nonsense </s>\n")
    assert read_tunes(path) == TuneSet(
        (DrawnText("M:4/4\nL:1/8\nK:D\nA2B2"), DrawnText("nonsense")), 2
    )
