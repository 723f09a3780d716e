"""The blocks that are not run, each with the reason."""

from __future__ import annotations

from typing import NamedTuple

from tests.docs.blocks import Block

__all__ = ["NOT_RUN", "BlockNotRun", "is_listed"]


class BlockNotRun(NamedTuple):
    """A block by its page and the first words of it, and why it is not run."""

    page: str
    start: str
    why: str

    def is_of(self, block: Block) -> bool:
        return block.page == self.page and block.start.startswith(self.start)


INSTALLS = "installs from a registry"
MEASURED = "is measured by a benchmark, on whole collections or on a trained network, for minutes"

NOT_RUN = (
    BlockNotRun("docs/notebook.md", "pip install '.[train]' jupyterlab", "opens a browser"),
    BlockNotRun("docs/pretrained.md", "make pretrained", "trains for five minutes"),
    BlockNotRun("README.md", "pip install tuneloom", INSTALLS),
    BlockNotRun(
        "docs/installing.md",
        "pip install tuneloom",
        INSTALLS,
    ),
    BlockNotRun("docs/editors.md", "pip install 'tuneloom[lsp]'", INSTALLS),
    BlockNotRun(
        "CONTRIBUTING.md",
        "make setup",
        "makes the environment that the tests run in, and runs them",
    ),
    BlockNotRun(
        "docs/generation.md",
        "read as",
        MEASURED,
    ),
    BlockNotRun(
        "docs/cluster.md",
        "python -m apache_beam",
        "is run by tests/pipeline/execution/test_portable.py",
    ),
    BlockNotRun(
        "docs/cluster.md",
        "beam run pipeline/ingest.py --source nottingham",
        "needs a Flink cluster; tests/pipeline/execution/test_flink.py runs it on one of this machine",
    ),
    BlockNotRun(
        "docs/cluster.md",
        "beam run pipeline/ingest.py --input",
        "needs an account of a cloud",
    ),
    BlockNotRun(
        "docs/data.md",
        "import pyarrow.parquet as pq",
        "needs PyTorch, which takes gigabytes; run by hand with PyTorch 2.15",
    ),
    BlockNotRun(
        "docs/cluster.md",
        "docker build",
        "needs a Docker daemon",
    ),
)


def is_listed(block: Block) -> bool:
    """Whether a block is one of those that are not run."""
    return any(each.is_of(block) for each in NOT_RUN)
