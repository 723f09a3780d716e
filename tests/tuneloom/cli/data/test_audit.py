import json
from pathlib import Path
from random import Random

import pytest

from tuneloom.cli.app import main
from tuneloom.pipeline.dataset.files import COMPLETED

# Variants of one tune in a row: alone by their ends, alike in the middle.
MIDDLE = "GABc dedB|c2ec B2dB|ABcA GFGA|B2e^d e2ga|"
COLUMNS = 80


def variant(number: int) -> str:
    generator = Random(number)
    first, last = (
        "|".join("".join(generator.choices("CDEFGABcdefg", k=8)) for _ in range(8))
        for _ in range(2)
    )
    return f"X:{number}\nT:Variant {number}\nM:4/4\nL:1/8\nK:G\n{first}|{MIDDLE}{last}|\n"


@pytest.fixture(scope="module")
def related(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set of random tunes, and of a family that the split does not divide."""
    folder = tmp_path_factory.mktemp("audit")
    strangers = "\n".join(variant(n).replace(MIDDLE, "") for n in range(100, 200))
    family = "\n".join(variant(n) for n in range(10))
    (folder / "book.abc").write_text(family + "\n" + strangers)
    output = folder / "data"
    arguments = ["--input", str(folder / "book.abc"), "--split", "60/20/20"]
    assert main(["ingest", *arguments, "--output", str(output)]) == 0
    return output


def test_a_split_by_family_shares_no_passage_and_a_random_one_does(
    related: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["audit", str(related), "--output-format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["tunes"] == 110
    this, random = found["splits"]["this split"], found["splits"]["at random"]
    assert this["shares"]["run"] == this["shares"]["characters"] == this["shares"]["two_runs"] == 0
    assert random["shares"]["run"] >= 1
    assert random["shares"]["characters"] == random["shares"]["run"]
    assert random["longest"]["longest"]["steps"] >= 18 > this["longest"]["longest"]["steps"]
    assert MIDDLE.replace(" ", "")[:8] in random["pairs"][0]["passage"].replace(" ", "")


def test_the_tables_and_pairs_fit_80_columns(
    related: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["audit", str(related), "--pairs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{related}: ")
    assert max(map(len, lines[1:])) <= COLUMNS
    (heading,) = [line for line in lines if line.startswith("at random: ")]
    assert heading.endswith(" characters in common")
    assert "~~~~" in lines[-1] + "".join(lines[lines.index(heading) :])


def test_the_random_split_has_a_seed(related: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for seed in ("1", "1", "2"):
        capsys.readouterr()
        assert main(["audit", str(related), "--seed", seed, "--pairs", "0"]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


def test_an_unfinished_data_set_is_refused_in_one_line(
    related: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(tmp_path)]) == 2
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in related.iterdir():
        if path.name != COMPLETED:
            (copy / path.name).write_bytes(path.read_bytes())
    capsys.readouterr()
    assert main(["audit", str(copy)]) == 2
    assert capsys.readouterr().err == (
        f"error: {copy}: not a finished data set (no COMPLETED); ingest it again\n"
    )


def test_a_damaged_shard_is_refused_in_one_line(
    related: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in related.iterdir():
        data = path.read_bytes()
        (copy / path.name).write_bytes(data[:-5] if "train-00001" in path.name else data)
    assert main(["audit", str(copy)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
