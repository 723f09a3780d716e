"""The aids that a network may be given, by name.

An aid of your own is a class and one call: `AIDS.register("name", YourAid)`. From then on a run can name it.
"""

from __future__ import annotations

from collections.abc import Callable

from tuneloom.grammar.registry import Registry
from tuneloom.model.aids.kinds.clock import Clock
from tuneloom.model.aids.kinds.echo import Echo
from tuneloom.model.aids.kinds.last_bar import LastBar
from tuneloom.model.aids.kinds.level import LevelAsked
from tuneloom.model.aids.kinds.line_bars import LineBars
from tuneloom.model.aids.kinds.parallel import Parallel
from tuneloom.model.aids.kinds.phase_echo import PhaseEcho
from tuneloom.model.aids.kinds.place import Place
from tuneloom.model.aids.kinds.sections import Sections
from tuneloom.model.aids.kinds.ties import Ties
from tuneloom.model.aids.kinds.tonic import Tonic
from tuneloom.model.aids.reading.aid import Aid

__all__ = ["AIDS", "DEFAULT_AIDS"]

AIDS: Registry[Callable[[], Aid]] = Registry("aid")
AIDS.register("echo", Echo)
AIDS.register("phase-echo", PhaseEcho)
AIDS.register("parallel", Parallel)
AIDS.register("clock", Clock)
AIDS.register("tonic", Tonic)
AIDS.register("sections", Sections)
AIDS.register("line-bars", LineBars)
AIDS.register("ties", Ties)
AIDS.register("place", Place)
AIDS.register("last-bar", LastBar)
AIDS.register("level", LevelAsked)

DEFAULT_AIDS: tuple[str, ...] = (
    "echo", "phase-echo", "parallel", "clock", "tonic", "sections", "ties", "last-bar", "place",
    "level",
)  # fmt: skip
"""Those that a network is given unless a run names others."""
