"""`tuneloom explain` knows every code that a command prints."""

import ast
import re
from collections.abc import Iterator

from tests.house.source_tree import ROOT
from tuneloom.corpus.reading.tune_files import READING_CODES
from tuneloom.corpus.record import DUPLICATE
from tuneloom.grammar.checking.levels import all_codes
from tuneloom.grammar.checking.pages import explained_codes
from tuneloom.grammar.repairs import REPAIRS

# Where codes are given as literals that no registry holds.
GIVING_CODES = (
    *("corpus/admit.py", "corpus/files/*.py", "corpus/reading/*.py"),
    "model/score/tunes/verdict.py",
)
MODULES_GIVING_CODES = 14
NOT_CODES = {"latin-1", "utf-8"}
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def literals_like_codes() -> Iterator[str]:
    paths = [path for pattern in GIVING_CODES for path in sorted(ROOT.glob(pattern))]
    assert len(paths) == MODULES_GIVING_CODES
    for path in paths:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        texts = (str(node.value) for node in nodes if isinstance(node, ast.Constant))
        yield from (text for text in texts if CODE.fullmatch(text) and text not in NOT_CODES)


def test_codes_of_checks_and_repairs_are_explained() -> None:
    assert all_codes() <= explained_codes()
    assert {each.code for each in REPAIRS.values()} <= explained_codes()


def test_codes_of_rejects_are_explained() -> None:
    assert READING_CODES | {DUPLICATE, "no-note", "multi-voice"} <= explained_codes()


def test_every_literal_code_of_ingestion_and_score_is_explained() -> None:
    found = set(literals_like_codes())
    assert {"no-note", "second-tune", "split-tune", "file-too-large", "not-canonical"} <= found
    assert found - explained_codes() == set()


def test_codes_of_one_word_are_explained() -> None:
    assert {"mojibake", "duplicate", "unfinished", "html"} <= explained_codes()
