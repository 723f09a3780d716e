"""Registries: the tables of what can be added from outside, such as rules and sources.

Each kind of extension has one registry. The package fills it with one line for each entry, and a module of
yours may call `register` as well; docs/extending.md shows how the `tuneloom` command is told to import it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import TypeVar

from tuneloom.grammar.errors import UsageError

__all__ = ["Registry", "load_plugins"]

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """A mapping of names to entries of one kind, in the order of registration. `kind` is used in messages."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def register(self, name: str, entry: T) -> T:
        """Add an entry and return it.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._entries:
            raise ValueError(f"there is already a {self.kind} named {name!r}")
        self._entries[name] = entry
        return entry

    def unregister(self, name: str) -> None:
        """Remove an entry that was added, as a test does when it ends."""
        del self._entries[name]

    def find(self, name: str) -> T:
        """The entry of that name.

        Raises:
            UsageError: there is none; the message suggests the closest names.
        """
        if name not in self._entries:
            from difflib import get_close_matches

            close = get_close_matches(name, self._entries, n=3) or list(self._entries)
            raise UsageError(f"no {self.kind} is named {name!r}; try {', '.join(close)}")
        return self._entries[name]

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def values(self) -> ValuesView[T]:
        """As Mapping has it, but quicker: rules and repairs are walked through for each tune."""
        return self._entries.values()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)


def load_plugins(modules: tuple[str, ...]) -> None:
    """Import the modules that register extensions, each once.

    Raises:
        UsageError: a module cannot be found.
    """
    from importlib import import_module

    for name in modules:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            raise UsageError(f"plugin {name!r} cannot be imported: {error}") from error
