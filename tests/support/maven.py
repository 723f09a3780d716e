"""Java libraries that Maven fetches."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tuneloom.grammar.errors import UsageError

__all__ = ["maven_jars"]


def maven_jars(pom: Path, name: str) -> list[str]:
    """The jars that a pom asks for, which make what `name` says.

    Raises:
        UsageError: they cannot be fetched.
    """
    for program in ("java", "mvn"):
        if not shutil.which(program):
            raise UsageError(f"{name} needs Java and Maven, and {program!r} was not found")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "classpath")
        goal = ["dependency:build-classpath", f"-Dmdep.outputFile={file}"]
        command = ["mvn", "--quiet", "--batch-mode", "--file", str(pom), *goal]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            said = done.stdout + done.stderr
            first = said.partition("[ERROR] ")[2].partition("\n")[0]
            raise UsageError(f"Maven could not fetch {name}: {first or said.strip()}")
        return file.read_text().split(os.pathsep)
