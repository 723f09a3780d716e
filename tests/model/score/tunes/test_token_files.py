from pathlib import Path

from tuneloom.model.score.tunes.token_files import is_token_file, read_token_file
from tuneloom.model.score.tunes.tune_set import DrawnText, read_tunes
from tuneloom.model.score.tunes.verdict import judge_tune

TOKENS = """\
X:0
[L:1/8]
[M:6/8]
[K:GMaj] |: G A B c 2 d | (3 B A G [ G B ] 3 :| |2 G 6 |

X:1
[K:DMaj]
[M:4/4]

X:2
[M:4/4]
[K:DMaj] d 2 | D
4 |
"""


def test_the_blanks_between_tokens_are_no_part_of_the_tune() -> None:
    assert list(read_token_file(TOKENS)) == [
        "L:1/8\nM:6/8\nK:GMaj\n|:GABc2d|(3BAG[GB]3:||2G6|",
        "M:4/4\nK:DMaj",
        "M:4/4\nK:DMaj\nd2|D4|",
    ]


def test_files_are_known_by_what_they_hold() -> None:
    assert is_token_file(TOKENS)
    assert not is_token_file("X:1\nT:One\n[K:D] A\n")
    assert not is_token_file("X:1\nK:D\n[M:3/4] A\n")


def test_every_tune_of_a_file_of_tokens_is_a_draw(tmp_path: Path) -> None:
    path = tmp_path / "tokens.txt"
    path.write_text(TOKENS)
    file = read_tunes(path)
    assert file.requested == len(file.tunes) == 3
    assert file.tunes[2] == DrawnText("M:4/4\nK:DMaj\nd2|D4|")
    assert judge_tune(file.tunes[1]).errors == ("no-note",)


def test_the_files_of_other_networks_are_read_whole(corpora: Path) -> None:
    folder = corpora / "peer-generated"
    counts = {path.name: len(read_tunes(path).tunes) for path in sorted(folder.iterdir())}
    assert counts == {"folkvae.abc": 1000, "gru_dropout.txt": 4000, "lstm_dropout.txt": 4000}
