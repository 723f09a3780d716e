"""The checksum of `abc.lark`, by which a data set says what grammar it was made with."""

from __future__ import annotations

import hashlib

from tuneloom.grammar.automaton.grammar_file import grammar_text

__all__ = ["GRAMMAR_HASH"]

GRAMMAR_HASH = hashlib.sha256(grammar_text().encode()).hexdigest()
