from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import pytest

from tuneloom.pipeline.storage.field_types import check_field_types


@dataclass(frozen=True)
class Part:
    size: int


@dataclass(frozen=True)
class Whole:
    name: str = "a"
    share: float = 0.5
    use: Literal["free", "paid"] = "free"
    parts: tuple[Part, ...] = (Part(1),)
    sizes: Mapping[str, Part] | None = None
    rest: Any = None


@pytest.mark.parametrize(
    "change",
    [{}, {"share": 1}, {"use": "paid"}, {"parts": ()}, {"sizes": {"x": Part(2)}}, {"rest": object()}],
)  # fmt: skip
def test_what_was_declared_is_held(change: dict[str, Any]) -> None:
    check_field_types(replace(Whole(), **change))


@pytest.mark.parametrize(
    "change",
    [{"name": None}, {"name": 5}, {"share": True}, {"share": "1"}, {"use": "none"}, {"use": []},
     {"parts": [Part(1)]}, {"parts": (1,)}, {"sizes": {"x": 1}}, {"sizes": {1: Part(1)}}, {"sizes": []}],
)  # fmt: skip
def test_anything_else_is_named(change: dict[str, Any]) -> None:
    [name] = change
    with pytest.raises(TypeError, match=f"{name} is "):
        check_field_types(replace(Whole(), **change))


@pytest.mark.parametrize("size", [True, 1.0, "1", None])
def test_what_is_further_inside_is_checked_too(size: Any) -> None:
    with pytest.raises(TypeError, match="size is "):
        check_field_types(Whole(parts=(Part(size),)))
