"""Every repair, in the order in which they are tried.

A repair of your own is a function and one call: `REPAIRS.register("name", Repair("name", ...))`.
"""

from __future__ import annotations

from tuneloom.grammar.registry import Registry
from tuneloom.grammar.repairs.bar_lines import BAR_LINES
from tuneloom.grammar.repairs.cut_lines import CUT_LINES
from tuneloom.grammar.repairs.fields_in_music import FIELDS_IN_MUSIC
from tuneloom.grammar.repairs.header_fields import HEADER_FIELDS
from tuneloom.grammar.repairs.interface import Repair
from tuneloom.grammar.repairs.notes import NOTES
from tuneloom.grammar.repairs.stray_marks import STRAY_MARKS
from tuneloom.grammar.repairs.tempos import TEMPOS
from tuneloom.grammar.repairs.web_and_mail import WEB_AND_MAIL

__all__ = ["REPAIRS"]

REPAIRS: Registry[Repair] = Registry("repair")

for group in (
    HEADER_FIELDS, TEMPOS, WEB_AND_MAIL, NOTES, FIELDS_IN_MUSIC, CUT_LINES, STRAY_MARKS, BAR_LINES,
):  # fmt: skip
    for repair in group:
        REPAIRS.register(repair.name, repair)
