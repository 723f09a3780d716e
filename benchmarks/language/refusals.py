"""Whether texts that are not music are refused when they follow a valid header.

Forty each of English prose (Python's manual), C (headers of Python and of installed packages), JSON
(installed files and package metadata), HTML (installed files and pydoc's pages on modules) and Markdown
(descriptions of packages), all of which come with this environment. Empty lines are left out, since one
of them would end the tune. No repair, safe or not, may turn such a text into a tune.
"""

from __future__ import annotations

import json
import pydoc
import random
import sysconfig
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path
from pydoc_data.topics import topics

from tuneloom.grammar import parse
from tuneloom.grammar.repairs import repair

QUICK = ()
TEXTS_PER_KIND = 40
HEADER = "X:1\nT:No music\nM:4/4\nL:1/8\nK:D\n"
MODULES = (
    "abc argparse ast asyncio base64 bisect calendar cmd code codecs collections contextlib copy csv "
    "dataclasses datetime decimal difflib dis email enum filecmp fnmatch fractions functools glob gzip "
    "hashlib heapq html inspect io itertools json logging math numbers operator pathlib pickle queue "
    "random re sched secrets shelve shutil socket"
)
MAX_BYTES = 100_000  # larger files are left out


def main(_: Sequence[str]) -> bool:
    """Print a line for each kind, and the texts that pass; True if none does and none is missing."""
    complete = True
    for kind, texts in _texts_by_kind().items():
        some = random.Random(1).sample(texts, min(TEXTS_PER_KIND, len(texts)))
        tunes = [HEADER + _without_empty_lines(text) for text in some]
        passed = [t for t in tunes if parse(t).parseable or repair(t, unsafe=True).parsed.parseable]
        print(f"{kind:<14} {len(some):>4} refused {1 - len(passed) / len(some):7.2%}")
        for text in passed:
            print(f"  accepted: {text[len(HEADER) :][:60]!r}")
        complete = complete and len(some) == TEXTS_PER_KIND and not passed
    return complete


def _texts_by_kind() -> dict[str, list[str]]:
    return {
        "English prose": [topics[name] for name in sorted(topics)],
        "C": _small_texts(
            [*Path(sysconfig.get_path("include")).rglob("*.h"), *_installed_files(".h")]
        ),
        "JSON": _small_texts(_installed_files(".json")) + sorted(_package_metadata()),
        "HTML": _small_texts(_installed_files(".html"))
        + [_pydoc_page(name) for name in MODULES.split()],
        "Markdown": sorted(set(_package_descriptions())),
    }


def _installed_files(suffix: str) -> list[Path]:
    """The files with a suffix in installed packages, in a fixed order."""
    files = (file for package in distributions() for file in package.files or ())
    return sorted({Path(str(file.locate())) for file in files if file.suffix == suffix})


def _small_texts(paths: Sequence[Path]) -> list[str]:
    small = (path for path in paths if path.is_file() and 0 < path.stat().st_size <= MAX_BYTES)
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in small)
    return [text for text in texts if text.strip()]


def _package_descriptions() -> Iterator[str]:
    for package in distributions():
        said = package.metadata.json
        body = said.get("description", "")
        if said.get("description_content_type") == "text/markdown" and body:
            yield str(body)


def _package_metadata() -> Iterator[str]:
    return (json.dumps(package.metadata.json, indent=1) for package in distributions())


def _pydoc_page(module: str) -> str:
    return pydoc.html.document(import_module(module), module)


def _without_empty_lines(text: str) -> str:
    return "".join(f"{line}\n" for line in text.splitlines() if line.strip())
