"""Every block of the pages does what its page shows.

A block is run and what it prints compared with the block of `text` after it; or run, if nothing is shown; or
read by whatever reads its format; or listed in `not_run.py` with a reason.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, ROOT, Block, read_blocks
from tests.docs.figures import missing_from, without_figures, without_machine
from tests.docs.folders import FOLDERS, INGEST_FOLK, FolderOfPage, World
from tests.docs.not_run import NOT_RUN
from tests.docs.readers import READERS, check_call
from tests.docs.shell import Shell, split_commands
from tests.docs.smaller import expanded, made_smaller
from tests.support.composing import run_composer
from tuneloom.corpus.sources.kinds.pinned import corpora_folder

BLOCKS = [block for page in PAGES for block in read_blocks(page)]
RUN = ("sh", "console", "python", "js")
SLOW = re.compile(
    r"\b(data|runs)/|^(make|beam) run|tuneloom (png|train|generate|ingest)", re.MULTILINE
)
# A script of the page in a function of the data that the Python above it made.
JS = """
const data = input, printed = [], console = {{ log: (text) => printed.push(text) }};
{}
return printed.join("");
"""
REJECTS = "docs/rejects.md"


def treatment(block: Block) -> str:
    """How a block is held to the truth; empty if it is not."""
    if any(each.is_of(block) for each in NOT_RUN):
        return "listed"
    if block.page == REJECTS:
        return "written"
    if block.is_output:
        return "output"
    if block.language in RUN and not block.file_name:
        return "compared" if block.printed is not None else "run"
    if block.language == "python":
        return "written to a file and run"
    return "read" if block.language in READERS else ""


def is_slow(block: Block) -> bool:
    """Whether a block needs a data set or a run, which take long to make."""
    page = FOLDERS.get(block.page, FolderOfPage())
    named = any(name in block.text for name in (*page.real, *page.small))
    return named or block.language == "js" or bool(SLOW.search(block.text))


def params(*wanted: str) -> list[object]:
    return [
        pytest.param(
            block,
            id=f"{block.page}:{block.line} {block.start[:40]}",
            marks=pytest.mark.slow if is_slow(block) else (),
        )
        for block in BLOCKS
        if treatment(block) in wanted
    ]


@contextmanager
def skip_without_torch() -> Iterator[None]:
    """Skip a program that needs PyTorch where it is not installed: a benchmark alone uses it."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name != "torch":
            raise
        pytest.skip("went without PyTorch")


@dataclass
class PageReader:
    """Somebody who reads a page from the top, and does what it says."""

    world: World
    page: FolderOfPage
    shell: Shell
    has_data: bool = False

    def run(self, block: Block) -> None:
        self._find_corpora(block)
        if is_slow(block) and not self.has_data:
            self.world.put_data(self.page, self.shell)
            self.has_data = True
        self._write_files_above(block)
        if block.language == "python":
            with skip_without_torch():
                printed = self.shell.run_python(block.text, block.page)
            self._compare(block, printed, block.printed, self._is_small(block))
        elif block.language == "js":
            self._compare(
                block, run_composer(JS.format(block.text), self.shell.names["data"]), None, True
            )
        elif block.language == "console":
            for call in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                command, _, shown = call.partition("\n")
                self._run_commands(block, [command], shown)
        elif self.page.isolated:
            printed = self._shell_of(block).run_elsewhere(block.text)
            self._compare(block, printed, block.printed, is_small=False)
        else:
            self._run_commands(block, list(split_commands(block.text)), block.printed)

    def _run_commands(self, block: Block, commands: list[str], shown: str | None) -> None:
        printed, is_small = "", self._is_small(block)
        for command in (called for each in commands for called in expanded(each)):
            if command == INGEST_FOLK and self.page.real:
                printed += self.world.folk[1]
                continue
            if command.startswith("pip install"):
                check_call(command)
                continue
            own = command.removeprefix(".venv/bin/")
            form = made_smaller(own)
            is_small = is_small or form != own
            printed += f"{command}\n" if own != command else ""
            remembered = self.world.remember(form, self.shell.folder) if form != own else None
            printed += (
                self.shell.run(form, may_fail="error:" in (shown or ""))
                if remembered is None
                else remembered
            )
        self._compare(block, printed, shown, is_small)

    def _compare(self, block: Block, printed: str, shown: str | None, is_small: bool) -> None:
        plain = without_figures if is_small else without_machine
        if shown is not None:
            missing = missing_from(plain(printed), plain(shown))
            place = f"{block.page}:{block.line}"
            if missing:
                pytest.fail(
                    f"{place} shows\n{missing[0]}\nbut prints\n{plain(printed)}", pytrace=False
                )

    def _is_small(self, block: Block) -> bool:
        """Whether a block uses what was made in a smaller form, or learns by itself."""
        return block.start in self.page.learned or any(n in block.text for n in self.page.small)

    def _find_corpora(self, block: Block) -> None:
        """Put the collections beside the page that a block reads; without them it is skipped."""
        for path in self.page.corpora:
            name = Path(path).name
            if name in block.text and not (self.shell.folder / name).exists():
                folder = corpora_folder()
                if folder is None:
                    pytest.skip("went without real tunes: TUNELOOM_CORPORA names no folder")
                shutil.copy(folder / path, self.shell.folder)

    def _shell_of(self, block: Block) -> Shell:
        """A shell in a folder of the section, whose settings name the plugins that it shows."""
        folder = self.shell.folder / block.section.replace(" ", "-")
        folder.mkdir(exist_ok=True)
        files = self._write_files_above(block, folder)
        plugins = [name.removesuffix(".py") for name in files if name.endswith(".py")]
        (folder / "pyproject.toml").write_text(f"[tool.tuneloom]\nplugins = {plugins}\n")
        return replace(self.shell, folder=folder)

    def _write_files_above(self, block: Block, folder: Path | None = None) -> list[str]:
        """Write the files that the page shows above a block, in an isolated page those of its section."""
        written = []
        for other in read_blocks(block.page):
            is_here = not self.page.isolated or other.section == block.section
            if other.line < block.line and other.file_name and is_here:
                target = (folder or self.shell.folder) / other.file_name
                target.write_text(other.text, encoding="utf-8")
                written.append(other.file_name)
        return written


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageReader]:
    world = World(tmp_path_factory.mktemp("world"))
    found = {}
    for page in PAGES:
        settings = FOLDERS.get(page, FolderOfPage())
        folder = tmp_path_factory.mktemp(Path(page).stem)
        world.put_files(settings, folder)
        shell = Shell(folder, settings.width)
        found[page] = PageReader(world, settings, shell)
    return found


@pytest.mark.parametrize("block", params("compared", "run"))
def test_a_block_does_what_the_page_shows(block: Block, readers: dict[str, PageReader]) -> None:
    readers[block.page].run(block)


@pytest.mark.parametrize("block", params("read"))
def test_a_block_is_understood_by_what_reads_its_format(block: Block, tmp_path: Path) -> None:
    READERS[block.language](block, tmp_path)


@pytest.mark.parametrize("block", params("listed"))
def test_a_block_that_is_not_run_calls_what_there_is(block: Block) -> None:
    if block.language == "sh":
        for command in split_commands(block.text):
            check_call(command)


@pytest.mark.slow
def test_the_page_of_rejects_is_as_its_benchmark_writes_it(corpora: Path, tmp_path: Path) -> None:
    assert corpora.is_dir()
    page = tmp_path / "rejects.md"
    command = [sys.executable, "-m", "benchmarks", "rejects", str(page)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert page.read_text(encoding="utf-8") == (ROOT / REJECTS).read_text(encoding="utf-8")


def test_every_block_is_run_read_or_listed() -> None:
    without = [f"{block.page}:{block.line}" for block in BLOCKS if not treatment(block)]
    assert without == []
    assert len(BLOCKS) > 200


def test_every_listed_block_occurs_and_has_a_reason() -> None:
    for each in NOT_RUN:
        assert [each.is_of(block) for block in BLOCKS].count(True) == 1, each
        assert each.why
