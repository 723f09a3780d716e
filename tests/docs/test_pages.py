"""Every block of the pages does what its page shows.

A block is run and what it prints compared with the block of `text` after it; or run, if nothing is shown; or
read by whatever reads its format; or listed in `not_run.py` with a reason.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, ROOT, Block, read_blocks, read_prose
from tests.docs.folders import FOLDERS, FolderOfPage, World
from tests.docs.not_run import NOT_RUN, is_listed
from tests.docs.page_reader import PageReader, is_slow
from tests.docs.readers import READERS, check_call
from tests.docs.shell import Shell, split_commands

# Those with real data last: it is made meanwhile.
IN_TURN = sorted(PAGES, key=lambda page: bool(FOLDERS.get(page, FolderOfPage()).real))
BLOCKS = [block for page in IN_TURN for block in read_blocks(page)]
RUN = ("sh", "console", "python", "js")
REJECTS = "docs/rejects.md"
CALL = re.compile(r"`((?:tuneloom|beam run|make) [^`\n]+)`")


def treatment(block: Block) -> str:
    """How a block is held to the truth; empty if it is not."""
    if is_listed(block):
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


def slow_pages(request: pytest.FixtureRequest) -> set[str]:
    """The pages of which blocks that take long are to be run."""
    calls = (getattr(item, "callspec", None) for item in request.session.items)
    blocks = (call.params.get("block") for call in calls if call)
    return {block.page for block in blocks if isinstance(block, Block) and is_slow(block)}


@pytest.fixture(scope="module")
def readers(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[dict[str, PageReader]]:
    world = World(tmp_path_factory.mktemp("world"))
    if any("data/folk" in FOLDERS.get(page, FolderOfPage()).real for page in slow_pages(request)):
        world.begin_folk()
    found = {}
    for page in PAGES:
        settings = FOLDERS.get(page, FolderOfPage())
        folder = tmp_path_factory.mktemp(Path(page).stem)
        world.put_files(settings, folder)
        shell = Shell(folder, settings.width)
        found[page] = PageReader(world, settings, shell)
    yield found
    for begun in world.begun:
        begun.stop()


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


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_the_text_of_a_page_call_what_there_is(page: str) -> None:
    for command in CALL.findall(read_prose(page)):
        check_call(command.replace("\\|", "|"))  # as it is in a table


def test_every_block_is_run_read_or_listed() -> None:
    without = [f"{block.page}:{block.line}" for block in BLOCKS if not treatment(block)]
    assert without == []
    assert len(BLOCKS) > 200


def test_every_listed_block_occurs_and_has_a_reason() -> None:
    for each in NOT_RUN:
        assert [each.is_of(block) for block in BLOCKS].count(True) == 1, each
        assert each.why
