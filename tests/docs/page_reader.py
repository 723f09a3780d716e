"""Reads a page from the top, does what its blocks say, and compares what comes of it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.docs.blocks import Block, read_blocks
from tests.docs.figures import missing_from, without_figures, without_machine
from tests.docs.folders import FOLDERS, INGEST_FOLK, FolderOfPage, World
from tests.docs.not_run import is_listed
from tests.docs.readers import check_call
from tests.docs.shell import Shell, split_commands
from tests.docs.smaller import expanded, made_smaller
from tests.support.composing import run_composer
from tuneloom.corpus.sources.kinds.pinned import corpora_folder

__all__ = ["PageReader", "is_slow"]

SLOW = re.compile(
    r"\b(data|runs)/|^(make|beam) run|benchmarks copies|tuneloom (png|train|generate|ingest)",
    re.MULTILINE,
)
# A script of the page in a function of the data that the Python above it made.
JS = """
const data = input, printed = [], console = {{ log: (text) => printed.push(text) }};
{}
return printed.join("");
"""


def is_slow(block: Block) -> bool:
    """Whether a block needs a data set or a run, which take long to make."""
    page = FOLDERS.get(block.page, FolderOfPage())
    named = any(name in block.text for name in (*page.real, *page.small))
    return named or block.language == "js" or bool(SLOW.search(block.text))


@dataclass
class PageReader:
    """Somebody who reads a page from the top, and does what it says."""

    world: World
    page: FolderOfPage
    shell: Shell
    has_data: bool = False
    done: set[int] = field(default_factory=set)  # lines of programs

    def run(self, block: Block) -> None:
        self._find_corpora(block)
        if is_slow(block) and not self.has_data:
            self.world.put_data(self.page, self.shell)
            self.has_data = True
        self._write_files_above(block)
        if block.language == "python":
            printed = self._run_program(block)
            self._compare(block, printed, block.printed, self._is_small(block))
        elif block.language == "js":
            run_composer(JS.format(block.text), self.shell.names["data"])
        elif block.language == "console":
            for call in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                command, _, shown = call.partition("\n")
                self._run_commands(block, [command], shown)
        elif self.page.isolated:
            printed = self._shell_of(block).run_elsewhere(block.text)
            self._compare(block, printed, block.printed, is_small=False)
        else:
            self._run_commands(block, list(split_commands(block.text)), block.printed)

    def _run_program(self, block: Block) -> str:
        """What a program prints, after the ones above it that it may go on from."""
        for other in read_blocks(block.page):
            is_left_out = (
                other.language != "python"
                or other.line in self.done
                or is_slow(other)
                or is_listed(other)
            )
            if other.line < block.line and not other.file_name and not is_left_out:
                self._run_program(other)
        self.done.add(block.line)
        return self.shell.run_python(block.text, block.page)

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
            printed += f"{command}\n" if own != command else ""  # make shows what it calls
            remembered = self.world.remember(form, self.shell.folder)
            if remembered is None:
                printed += self.shell.run(form, may_fail="error:" in (shown or ""))
            else:
                printed += remembered
        self._compare(block, printed, shown, is_small)

    def _compare(self, block: Block, printed: str, shown: str | None, is_small: bool) -> None:
        plain = without_figures if is_small else without_machine
        if shown is None:
            return
        place = f"{block.page}:{block.line}"
        for passage in missing_from(plain(printed), plain(shown)):
            message = f"{place} shows\n{passage}\nbut prints\n{plain(printed)}"
            pytest.fail(message, pytrace=False)

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
