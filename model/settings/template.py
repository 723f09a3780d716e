"""A TOML file of all settings with their defaults, to begin from."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import fields

from tuneloom.model.settings.checks import Settings, types_of

__all__ = ["field_docstrings", "settings_template"]

_WIDTH = 80


def settings_template(instance: Settings) -> str:
    """The settings as comments, each with what it means: a file that changes nothing until one is used."""
    wanted, docstrings = types_of(type(instance)), field_docstrings(type(instance))
    parts = []
    for field in fields(instance):
        meaning = f"{docstrings[field.name]} Must be {wanted[field.name]}."
        comment = textwrap.fill(meaning, _WIDTH, initial_indent="# ", subsequent_indent="# ")
        setting = textwrap.fill(
            f"{field.name} = {_toml(getattr(instance, field.name))}",
            _WIDTH,
            initial_indent="#",
            subsequent_indent="#    ",
            break_on_hyphens=False,
        )
        parts.append(f"{comment}\n{setting}\n")
    return "\n".join(parts)


def field_docstrings(settings: type[Settings]) -> Mapping[str, str]:
    """The string after each field in the source of a class, on one line."""
    return dict(_field_docstrings(textwrap.dedent(inspect.getsource(settings))))


def _field_docstrings(source: str) -> Iterator[tuple[str, str]]:
    [definition] = ast.parse(source).body
    assert isinstance(definition, ast.ClassDef)
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        match statement, following:
            case (
                ast.AnnAssign(target=ast.Name(name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())


def _toml(value: object) -> str:
    """A value as TOML, which writes numbers, strings, booleans and lists of strings as JSON does."""
    return json.dumps(value, ensure_ascii=False)
