"""A tune in a notebook: its score as a picture, and over it a frame with the player of the page.

The picture is there without scripts as well, in a notebook that is opened later or on a site that removes
them. The frame is a document of its own, which may run scripts and nothing else: it has no network, no access
to the notebook, and of the tune only numbers.
"""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from tuneloom.corpus.playback.play import note_offsets, play
from tuneloom.corpus.playback.written_files import UnwritableTune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.notebook_html import html_table, picture_html
from tuneloom.grammar.parsing.notebook import diagnostics_html, tune_facts
from tuneloom.grammar.parsing.parser import parse
from tuneloom.web.assets import fill_slots, read_asset
from tuneloom.web.document import json_block, script_policy, sound_data
from tuneloom.web.sound import pack_notes

if TYPE_CHECKING:
    from tuneloom.corpus.playback.notation.compact_svg import CompactScore, NotePlace
    from tuneloom.corpus.playback.notation.engraving import DrawnScore, Engraver
    from tuneloom.grammar.tune.elements import Tune

__all__ = ["tune_view"]

_SCRIPTS = (
    *("page-data.js", "plucked-string.js", "synth.js", "player.js"),
    "notebook/player.js",
)
_COMMENTS = re.compile(r"^[ \t]*(?:/\*\*(?s:.*?)\*/\n|//.*\n)?", re.MULTILINE)
_WIDTH = 840  # pixels
_BAR = 44  # the height of the controls, as in player.css
_HEAD = 0.016  # the width of a note's head, and how far its mark goes beyond it, as shares of the picture
_MARGIN = 0.003
_TICKS = 960  # of a quarter, in which times are compared
_DOTTED = re.compile(r"(?:6|9|12)/8")


def tune_view(tune: Tune) -> str:
    """The score and the player, what is wrong, and the text; a table of facts where nothing can engrave."""
    facts = tune_facts(tune)
    score, marks, reason = _engraved(tune)
    frame = _frame(tune, marks)
    if score:
        title, *others = facts.values()
        described = f"Score of {title or 'the tune'}"
        shown = f'<p style="margin:0 0 6px"><b>{escape(title)}</b> {escape(" · ".join(others))}</p>'
        picture = picture_html(score.svg, described, "display:block;width:100%;max-width:100%")
        shown += f'<div style="position:relative;padding-bottom:{_BAR}px">{picture}{frame}</div>'
    else:
        shown = html_table(facts.items())
        shown += f"<p>{escape(reason)}</p>" if reason else ""
        shown += f'<div style="position:relative;height:{_BAR}px">{frame}</div>'
    shown += _findings(tune) + _text_html(tune, folded=bool(score))
    return f'<div style="max-width:{_WIDTH}px">{shown}</div>'


def _findings(tune: Tune) -> str:
    """What is wrong with the text; nothing for a tune that was read with more than its text."""
    again = parse(tune.text) if tune.text else None
    if again is None or not again.parseable or again.tune != tune:
        return ""
    found = check_tune(tune.text)
    return diagnostics_html(found) if found else ""


def _text_html(tune: Tune, *, folded: bool) -> str:
    if not tune.text:
        return ""
    text = f"<pre>{escape(tune.text)}</pre>"
    return f"<details><summary>ABC</summary>{text}</details>" if folded else text


def _frame(tune: Tune, marks: list[tuple[float, ...]]) -> str:
    """The player; the frame covers the score, and the bar below it."""
    data = {
        "sound": sound_data(pack_notes(play(tune), lambda offset: offset)),
        "dotted": bool(_DOTTED.fullmatch(tune.meter)),
        "places": marks,
    }
    script = _player_script()
    slots = {
        "policy": script_policy(script),
        "styles": read_asset("notebook/player.css"),
        "data": json_block(data),
        "script": script,
    }
    document = fill_slots(read_asset("notebook/player.html"), slots)
    source = escape(document, quote=False).replace('"', "&quot;")
    style = "position:absolute;top:0;left:0;width:100%;height:100%;border:0;color-scheme:light"
    return f'<iframe title="Player" sandbox="allow-scripts" style="{style}" srcdoc="{source}"></iframe>'


@cache
def _player_script() -> str:
    return _COMMENTS.sub("", '"use strict";\n' + "\n".join(map(read_asset, _SCRIPTS)))


@cache
def _engraver() -> Engraver:
    """One for the whole notebook, since it takes a while to start."""
    from tuneloom.corpus.playback.notation.engraving import Engraver

    engraver = Engraver()
    atexit.register(engraver.close)
    return engraver


def _engraved(tune: Tune) -> tuple[CompactScore | None, list[tuple[float, ...]], str]:
    """The score, where in it the notes are, and the reason if there is none."""
    try:
        from tuneloom.corpus.playback.notation.compact_svg import compact_score
        from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes

        drawn = _engraver().bare_score(musicxml_bytes(tune))
    except ModuleNotFoundError as error:
        from tuneloom.grammar.extras import missing_extra

        if line := missing_extra(error, "A score"):
            return None, [], line
        raise
    except UnwritableTune as error:
        return None, [], f"No score: {error}"
    score = compact_score(drawn.svg)
    return score, list(_marks(tune, _by_time(score, drawn))), ""


def _by_time(score: CompactScore, drawn: DrawnScore) -> dict[int, NotePlace]:
    """The first note that begins at each time; those that Verovio delays for grace notes do not wait."""
    places: dict[int, NotePlace] = {}
    graces: int | None = None
    for onset, ids in drawn.onsets:
        ticks = _time_key(onset)
        place = next((score.notes[each] for each in ids if each in score.notes), None)
        if place is None:
            graces = ticks if graces is None else graces
            continue
        places.setdefault(ticks, place)
        if graces is not None:
            places.setdefault(graces, place)
        graces = None
    return places


def _marks(tune: Tune, places: Mapping[int, NotePlace]) -> Iterator[tuple[float, ...]]:
    """For each written note its offset in the text, and its mark: left, top, width and height in percent."""
    from tuneloom.corpus.playback.notation.score_times import score_times

    for offset, time in zip(note_offsets(tune), score_times(tune), strict=True):
        place = None if time is None else places.get(_time_key(4 * time))
        if offset >= 0 and place:
            box = (place.left - _MARGIN, place.top, _HEAD + 2 * _MARGIN, place.height)
            yield offset, *(round(100 * share, 1) for share in box)


def _time_key(quarters: float | Fraction) -> int:
    return round(quarters * _TICKS)
