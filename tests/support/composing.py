"""The composer's scripts in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.support.skipping import skip_without
from tuneloom.grammar.errors import UsageError
from tuneloom.page.composer.scripts import composer_script

__all__ = ["run_composer"]


def run_composer(body: str, given: object) -> Any:
    """What the body of a function of `input` returns, in Node; it may use `TuneloomComposer`.

    Without Node the test is skipped.
    """
    with skip_without("Node"):
        node = _node()
    read = 'const input = JSON.parse(require("fs").readFileSync(0, "utf8"));'
    write = f"console.log(JSON.stringify(((input) => {{{body}}})(input)));"
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program.js")
        program.write_text("\n".join([composer_script(), read, write]), "utf-8")
        command = [node, str(program)]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        raise UsageError("it is not installed")
    return node
