"""Scripts of the page in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.support.skipping import skip_without
from tuneloom.grammar.errors import UsageError
from tuneloom.web.assets import read_asset

__all__ = ["run_in_node", "run_page_scripts"]


def run_in_node(script: str, body: str, given: object) -> Any:
    """What the body of an async function of `input` returns, in Node, where it may use what is in `script`.

    Without Node the test is skipped.
    """
    with skip_without("Node"):
        node = _node()
    read = 'const input = JSON.parse(require("fs").readFileSync(0, "utf8"));'
    write = (
        f"(async (input) => {{{body}}})(input).then((made) => console.log(JSON.stringify(made)));"
    )
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program.js")
        program.write_text("\n".join([script, read, write]), "utf-8")
        command = [node, str(program)]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run_page_scripts(names: list[str], body: str, given: object) -> Any:
    """The same with scripts of `tuneloom/web/static/`."""
    return run_in_node('"use strict";\n' + "\n".join(map(read_asset, names)), body, given)


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        raise UsageError("it is not installed")
    return node
