"""Runs what blocks of `sh` and `python` hold, and returns what is printed, as a terminal shows it.

Our own commands run in this process, since TensorFlow takes longer to start than most of them to run. Plugins
change the registries of a process, so `run_elsewhere` gives a block with plugins a process of its own.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.docs.blocks import ROOT
from tuneloom.cli.app import main as run_tuneloom
from tuneloom.pipeline.command import main as run_beam

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["Shell", "split_commands"]

NO_FAILURE = (0, 1, 3)
"""Success, findings, and a data set or a score that is not as good as was asked for."""

_PIECE = re.compile(r"""'[^']*'|"(?:[^"\\]|\\.)*"|[|&;<>]+|[^'"|&;<>]+""", re.DOTALL)
_LOOP = re.compile(r"^for (\w+) in ([^;\n]+); do\n(.*?)^done\n", re.MULTILINE | re.DOTALL)
_REDIRECTED = re.compile(r"\s*>\s*(\S+)\s*$")


def split_commands(text: str) -> Iterator[str]:
    """The commands of a block, with their continuation lines, without comments; those of loops repeated."""
    command = ""
    for line in _LOOP.sub(_unrolled, text).splitlines(keepends=True):
        command += line
        if command.rstrip().endswith(("\\", "|")) or _is_open(command):
            continue
        if joined := _without_comment(command.replace("\\\n", " ")).strip():
            yield joined
        command = ""
    assert not command, f"an unfinished command: {command}"


def _unrolled(loop: re.Match[str]) -> str:
    name, values, body = loop.groups()
    return "".join(body.replace(f"${name}", value) for value in values.split())


def _is_open(command: str) -> bool:
    """Whether a quotation goes on in the next line."""
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return True
    return False


def _without_comment(command: str) -> str:
    pieces = []
    for piece in _PIECE.findall(command):
        text, mark, _ = piece.partition(" #") if piece[0] not in "'\"" else (piece, "", "")
        pieces.append("" if text.startswith("#") else text)
        if mark or text.startswith("#"):
            break
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class BegunCommands:
    """Commands that run in another process, and the file of what they print."""

    process: subprocess.Popen[str]
    printed: Path

    def finish(self) -> str:
        """Wait for the end; what was printed."""
        status, text = self.process.wait(), self.printed.read_text(encoding="utf-8")
        assert status == 0, text
        return text

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@dataclass
class Shell:
    """A folder in which the blocks of a page run, one after the other, and the names of its Python."""

    folder: Path
    width: int
    names: dict[str, object] = field(default_factory=lambda: {"__name__": "__main__"})

    def run(self, command: str, *, may_fail: bool = False) -> str:
        """What a command prints. It has to end with one of the statuses that are no failure."""
        call, _, rest = _cut_at_pipe(command)
        if not _is_ours(call):
            return self._run_apart(command)
        redirected = _REDIRECTED.search(call)
        with self._entered():
            status, out, shown = _run_here(shlex.split(_REDIRECTED.sub("", call)))
        assert may_fail or status in NO_FAILURE, f"{command}: status {status}\n{shown}"
        if redirected:
            (self.folder / redirected[1]).write_bytes(out)
            return shown.replace(out.decode(), "") if out else shown
        return self._run_apart(rest, out) if rest else shown

    def run_python(self, program: str, name: str) -> str:
        """What a program prints that goes on where the one before it ended.

        An expression at its end is shown as a notebook does, if it is an object that has HTML.
        """
        tree = ast.parse(program)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        out = io.StringIO()
        with self._entered(), redirect_stdout(out):
            exec(compile(tree, name, "exec"), self.names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), name, "eval"), self.names)
                if hasattr(value, "_repr_html_"):
                    assert value._repr_html_()
        return out.getvalue()

    def run_elsewhere(self, commands: str) -> str:
        """What commands print, one after the other, in one process that is not this one."""
        return self.begin_elsewhere(commands).finish()

    def begin_elsewhere(self, commands: str) -> BegunCommands:
        """The same while this process goes on."""
        program = [sys.executable, "-P", "-m", __name__, str(self.folder), str(self.width)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        printed = self.folder / ".printed"
        with printed.open("w") as out:
            process = subprocess.Popen(
                program, stdin=subprocess.PIPE, stdout=out, stderr=out, env=environment, text=True
            )
        assert process.stdin
        process.stdin.write(commands)
        process.stdin.close()
        return BegunCommands(process, printed)

    @contextmanager
    def _entered(self) -> Iterator[None]:
        environment = {
            "COLUMNS": str(self.width),
            "NO_COLOR": "1",
            "HF_HOME": str(self.folder / ".huggingface"),
        }
        with chdir(self.folder), patch.dict(os.environ, environment), _kept_interpreter():
            yield

    def _run_apart(self, command: str, given: bytes = b"") -> str:
        """The same in a shell, where `tuneloom` and `python` are those of this test."""
        programs = self.folder / ".bin"
        programs.mkdir(exist_ok=True)
        # -P keeps the working folder off Python's path, as in an installed command.
        for name, options in (("tuneloom", "-P -m tuneloom"), ("python", "")):
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {options} "$@"\n')
            program.chmod(0o755)
        environment = {
            **os.environ,
            "COLUMNS": str(self.width),
            "NO_COLOR": "1",
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=environment,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode in NO_FAILURE, f"{command}: {done.stdout.decode()}"
        return done.stdout.decode()


def _cut_at_pipe(command: str) -> tuple[str, str, str]:
    pieces = _PIECE.findall(command)
    if "|" not in pieces:
        return command, "", ""
    at = pieces.index("|")
    return "".join(pieces[:at]), "|", "".join(pieces[at + 1 :])


def _is_ours(call: str) -> bool:
    """Whether a call is of one of our commands, with no operator of the shell but a `>` at its end."""
    operators = {piece for piece in _PIECE.findall(_REDIRECTED.sub("", call)) if piece[0] in "&;<>"}
    return not operators and shlex.split(call)[0] in ("tuneloom", "beam")


def _run_here(arguments: list[str]) -> tuple[int, bytes, str]:
    """The status of one of our commands, its standard output, and all that a terminal would show."""
    run = run_tuneloom if arguments[0] == "tuneloom" else run_beam
    shown = io.BytesIO()
    out = _CopyingBytes(shown)
    stdout, stderr = (io.TextIOWrapper(each, "utf-8", write_through=True) for each in (out, shown))
    with redirect_stdout(stdout), redirect_stderr(stderr):
        try:
            status = run(arguments[1:])
        except SystemExit as ended:
            status = int(ended.code or 0)
    return status, out.getvalue(), shown.getvalue().decode()


class _CopyingBytes(io.BytesIO):
    """Bytes that are written to other bytes as well, as standard output is to the terminal."""

    def __init__(self, other: io.BytesIO) -> None:
        super().__init__()
        self.other = other

    def write(self, data: ReadableBuffer) -> int:
        self.other.write(data)
        return super().write(data)


@contextmanager
def _kept_interpreter() -> Iterator[None]:
    """`beam run` is made for a process of its own: it sets the arguments and the path of the interpreter."""
    arguments, path = sys.argv, list(sys.path)
    try:
        yield
    finally:
        sys.argv, sys.path[:] = arguments, path


if __name__ == "__main__":
    elsewhere = Shell(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write("".join(map(elsewhere.run, split_commands(sys.stdin.read()))))
