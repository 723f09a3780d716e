"""docs/extending.md is true: each section's files are written, its commands run, its output compared.

A block whose first line is a comment with a file name is that file. A block of `sh` holds commands, and
each line of a block of `text` is a line that they print.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "extending.md"

SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"[#%] (\w+\.(?:py|abc))\n")
SLOW = ("A network architecture", "A constraint")  # sections that train a network


@dataclass
class Section:
    """What a section shows: files, commands, and lines that these print."""

    files: dict[str, str] = field(default_factory=dict)
    commands: str = ""
    printed: list[str] = field(default_factory=list)

    @property
    def plugins(self) -> list[str]:
        return [name.removesuffix(".py") for name in self.files if name.startswith("our_")]


def read_sections(page: str) -> dict[str, Section]:
    """The sections of a page by their headings."""
    _, *texts = SECTION.split(page)
    return {title: read_section(text) for title, text in zip(texts[::2], texts[1::2], strict=True)}


def read_section(text: str) -> Section:
    section = Section()
    for language, block in BLOCK.findall(text):
        name = FILE_NAME.match(block)
        if name:
            section.files[name[1]] = block
        elif language == "sh":
            section.commands += block
        elif language == "text":
            section.printed += block.splitlines()
    return section


SECTIONS = read_sections(PAGE.read_text(encoding="utf-8"))
EXTENSIONS = [title for title, section in SECTIONS.items() if section.plugins]


def run_commands(section: Section, folder: Path) -> list[str]:
    """Write a section's files into a folder, run its commands there, and return the lines they print."""
    for name, text in section.files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    plugins = ", ".join(f'"{name}"' for name in section.plugins)
    folder.joinpath("pyproject.toml").write_text(f"[tool.tuneloom]\nplugins = [{plugins}]\n")
    programs = folder / "bin"
    programs.mkdir()
    # -P keeps the working folder off Python's path, as in an installed command.
    for name, options in (("tuneloom", "-P -m tuneloom"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {options} "$@"\n')
        program.chmod(0o755)
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        ["sh", "-c", section.commands],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return [line.rstrip() for line in done.stdout.splitlines()]


def test_the_page_shows_each_kind_of_extension() -> None:
    assert EXTENSIONS == [
        "A source",
        "A rule",
        "A repair",
        "A profile",
        "A network architecture",
        "An aid",
        "A constraint",
        "A figure of the score",
    ]
    assert all(SECTIONS[title].commands and SECTIONS[title].printed for title in EXTENSIONS)


@pytest.mark.parametrize(
    "title",
    [pytest.param(t, marks=pytest.mark.slow if t in SLOW else ()) for t in EXTENSIONS],
)
def test_a_section_does_what_it_shows(title: str, tmp_path: Path) -> None:
    printed = run_commands(SECTIONS[title], tmp_path)
    missing = [line for line in SECTIONS[title].printed if line.rstrip() not in printed]
    assert missing == [], "\n".join(printed)
