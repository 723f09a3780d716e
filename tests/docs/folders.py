"""The folders in which the pages are read: their files, and the data sets and runs that they speak of."""

from __future__ import annotations

import gzip
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.docs.shell import BegunCommands, Shell
from tests.docs.smaller import JIGS, made_smaller, made_up_jigs

__all__ = ["FOLDERS", "INGEST_FOLK", "FolderOfPage", "World"]

HERE = Path(__file__).parent
INGEST_FOLK = "beam run pipeline/ingest.py"
DATA, RUN, TUNES, BARS = "data/folk", "runs/first", "tunes.abc", "bars.abc"
SMALL_COMMANDS = tuple(
    map(
        made_smaller,
        (
            f"tuneloom ingest --output {DATA}",
            f"tuneloom train {DATA} --run {RUN}",
            f"tuneloom generate {RUN} -n 200 --output {TUNES}",
            f"tuneloom generate {RUN} -n 200 --constraint metre --output {BARS}",
        ),
    )
)
"""What the pages do most, which is done once: the pages differ in the names only."""

_MADE = re.compile(r"\b(?:data|runs)/[\w-]+(?:/\w+\.abc)?|(?<=--output )\w+\.abc")


@dataclass(frozen=True, slots=True)
class FolderOfPage:
    """What is there when the first block of a page runs.

    `files` are files of this folder, or folders with several. `real` are data sets as the pages make them.
    `small` are the data sets, runs and drawn tunes of the page that are made in the smaller form. In an
    isolated page each section has a folder and processes of its own. `before` are commands that make more
    data. `corpora` are files of collections that are not in this repository. `learned` are the first lines of
    programs that train a network, whose figures differ from one machine to the next.
    """

    files: tuple[str, ...] = ()
    real: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    width: int = 80
    isolated: bool = False
    before: tuple[str, ...] = ()
    corpora: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()


BOOKS = {
    "collection": ("kesh.abc", "session.abc"),
    "tunes": ("tunes.abc",),
}

FOLDERS = {
    "README.md": FolderOfPage(
        ("kesh.abc", "collection"),
        small=("data/folk", "data/mixed", "runs/first", "runs/mixed"),
        width=100,
    ),
    "docs/book.md": FolderOfPage(("session.abc", "guests.abc", "collection")),
    "docs/checking.md": FolderOfPage(
        ("kesh.abc", "air.abc", "answers.jsonl", "old.abc", "tunes.abc"), width=100
    ),
    "docs/composer.md": FolderOfPage(small=("runs/first",)),
    "docs/curator.md": FolderOfPage(("collection",), width=100),
    "docs/data.md": FolderOfPage(real=("data/folk",), learned=("import pyarrow.parquet as pq",)),
    "docs/duplicates.md": FolderOfPage(("dup.abc",)),
    "docs/engineer.md": FolderOfPage(small=("data/mixed",)),
    "docs/extending.md": FolderOfPage(isolated=True),
    "docs/generation.md": FolderOfPage(small=("data/mixed", "runs/mixed", "runs/first")),
    "docs/ingestion.md": FolderOfPage(
        ("tunes.csv", "tunes.jsonl.gz"),
        real=("data/folk",),
        corpora=("nottingham/ABC_original/jigs.abc",),
        before=(
            "tuneloom ingest --source aird",
            "tuneloom ingest --source aird --source fife --output data/aird-and-fife",
        ),
    ),
    "docs/network.md": FolderOfPage(small=("runs/first",)),
    "docs/notebook.md": FolderOfPage(("kesh.abc", "tunes.abc"), small=("data/folk", "runs/first")),
    "docs/page.md": FolderOfPage(("tunes.abc",), small=("data/folk", "runs/mixed", "draws.abc")),
    "docs/performance.md": FolderOfPage(),
    "docs/playback.md": FolderOfPage(("kesh.abc", "session.abc")),
    "docs/python.md": FolderOfPage(("session.abc",)),
    "docs/report.md": FolderOfPage(small=("data/mixed", "runs/mixed", "runs/short")),
    "docs/researcher.md": FolderOfPage(small=("data/folk", "runs/first")),
    "docs/score.md": FolderOfPage(
        small=("data/folk", "runs/first", "first.abc"), corpora=("peer-generated/folkvae.abc",)
    ),
    "docs/student.md": FolderOfPage(small=("data/folk", "runs/first")),
    "docs/training.md": FolderOfPage(
        ("kesh.abc", "narrow.toml"),
        small=("data/folk", "data/mixed", "data/nottingham", "runs/folk", "runs/mixed"),
    ),
    "docs/transposing.md": FolderOfPage(("tunes.abc", "tunes", "reel.abc", "hornpipe.abc")),
}


class World:
    """What several pages use, made once when the first of them needs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begun: list[BegunCommands] = []

    def begin_folk(self) -> None:
        """Begin to make the data set of `folk`, while other pages are read."""
        self.begun.append(self._shell("real").begin_elsewhere(f"{INGEST_FOLK}\n"))

    @cached_property
    def folk(self) -> tuple[Path, str]:
        """The data set of `folk`, and what its ingestion printed."""
        [begun] = self.begun
        return self.folder / "real" / "data" / "folk", begun.finish()

    @cached_property
    def _jigs(self) -> tuple[Path, dict[str, str]]:
        """A folder with a data set, a run on it and its tunes, and what making them printed."""
        shell = self._shell("small")
        shell.folder.joinpath(JIGS).write_text(made_up_jigs(), encoding="utf-8")
        printed = {command: shell.run(command) for command in SMALL_COMMANDS}
        shutil.copy(shell.folder / TUNES, shell.folder / RUN)
        return shell.folder, printed

    def remember(self, command: str, folder: Path) -> str | None:
        """What a command printed that was run with other names, after what it made is put into a folder.

        None if it is no such command.
        """
        common = command.replace(INGEST_FOLK, "tuneloom ingest").replace(" --overwrite", "")
        tunes = BARS if "--constraint metre" in command else TUNES
        names = {name: _small_name(name, tunes) for name in _MADE.findall(common)}
        common = _MADE.sub(lambda found: names[found[0]], common)
        if common not in SMALL_COMMANDS:
            return None
        printed = self._jigs[1][common]
        for name, small in names.items():
            self._put_small(small, folder / name)
            printed = printed.replace(small, name)
        return printed

    def _shell(self, name: str) -> Shell:
        folder = self.folder / name
        folder.mkdir()
        return Shell(folder, width=80)

    def put_files(self, page: FolderOfPage, folder: Path) -> None:
        """Copy the files of a page into a folder."""
        folder.joinpath(JIGS).write_text(made_up_jigs(), encoding="utf-8")
        for name in page.files:
            if name in BOOKS:
                (folder / name).mkdir()
                for book in BOOKS[name]:
                    shutil.copy(HERE / book, folder / name)
            elif name.endswith(".gz"):
                (folder / name).write_bytes(gzip.compress((HERE / "answers.jsonl").read_bytes()))
            else:
                shutil.copy(HERE / name, folder)

    def put_data(self, page: FolderOfPage, shell: Shell) -> None:
        """Copy the data sets, runs and drawn tunes of a page into its folder, and make what else it needs."""
        for name in page.real:
            shutil.copytree(self.folk[0], shell.folder / name)
        for name in page.small:
            self._put_small(_small_name(name, TUNES), shell.folder / name)
        for command in page.before:
            shell.run(command)

    def _put_small(self, small: str, target: Path) -> None:
        made = self._jigs[0] / small
        if made.is_dir():
            shutil.copytree(made, target, dirs_exist_ok=True)
        else:
            shutil.copy(made, target)


def _small_name(name: str, tunes: str) -> str:
    """A small data set, run or file of drawn tunes, in place of a real one."""
    if name.endswith(".abc"):
        return tunes
    return DATA if name.startswith("data/") else RUN
