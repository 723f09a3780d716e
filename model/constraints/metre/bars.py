"""Where a bar may end, with which bar line, and where a tune may.

A bar is full, but for the one that begins the tune, a pickup of any length, and those that complete it. Bars
are counted in the order in which they are played: what a section's last bar lacks, nothing or the pickup,
is what the next one begins with, in the same bar; before a repeat sign it is also what the music that is
played again began with. The tune ends with a full bar or one that lacks the pickup. That is stricter than the
rule by which tunes are judged, which lets bars at a section's ends be short by half: a network would use
the room. Repeats and voltas are kept to the order that musicians know: `|1` only where
no ending is open, and behind it nothing but `:|2`. Where no sign opens a repeat, some go back to the last
repeat sign, some to a double bar; so it must be the same to both.
"""

from __future__ import annotations

from tuneloom.model.constraints.metre.state import PLAIN, UNCLEAR, UNTIMED, At

__all__ = [
    "LAST_ENDING", "behind_repeat", "behind_section", "ends_in_full", "ends_plainly", "ends_section",
    "ends_tune", "goes_back", "may_end", "next_bar",
]  # fmt: skip

LAST_ENDING = 4


def ends_in_full(at: At) -> bool:
    return _lacks(at, 0)


def ends_plainly(at: At) -> bool:
    """Whether a plain `|` may stand here, with more of the section behind it."""
    return ends_in_full(at) or _is_pickup(at)


def ends_section(at: At) -> bool:
    """Whether a double bar may stand here, or a sign that opens a repeat."""
    return ends_plainly(at) or _lacks(at, at.pickup)


def goes_back(at: At) -> bool:
    """Whether a sign that closes a repeat may stand here."""
    return at.repeat != UNCLEAR and _lacks(at, _due(at))


def ends_tune(at: At) -> bool:
    """Whether the tune may end with this bar, if nothing else is open."""
    return _lacks(at, 0) or _lacks(at, at.pickup)


def may_end(at: At) -> bool:
    """Whether nothing that was begun is still open, bar and section apart."""
    return at.sung and not at.tied and at.repeat != 1 and at.ending != 1


def next_bar(at: At) -> At:
    """Behind a plain `|`, or that of a volta."""
    behind = at._replace(time=0, begun=False, first=False)
    if _is_pickup(at):
        return behind._replace(pickup=at.time, upbeat=True, sung=False)
    return behind


def behind_section(at: At, opens: bool = False) -> At:
    """Behind a double bar, or one that opens a repeat. A pickup that stands alone is played once."""
    if _is_pickup(at):
        behind, upbeat = next_bar(at), False
    else:
        behind = _going_on(at)
        upbeat = behind.time > 0
    if opens:
        return _opening(behind, upbeat, repeat=1)
    if at.repeat == 1 or upbeat == behind.upbeat:
        return behind._replace(ending=0)
    return _opening(behind, upbeat, repeat=UNCLEAR)


def behind_repeat(at: At, repeat: int = 0) -> At:
    return _going_on(at)._replace(repeat=repeat, ending=0)


def _opening(behind: At, upbeat: bool, repeat: int) -> At:
    return behind._replace(upbeat=upbeat, repeat=repeat, ending=0)


def _going_on(at: At) -> At:
    """Behind a bar line that may split a bar: what follows completes it."""
    return at._replace(time=at.time if at.time < at.whole else 0, begun=False, first=False)


def _is_pickup(at: At) -> bool:
    return at.first and _is_whole_token(at) and at.time < at.whole


def _is_whole_token(at: At) -> bool:
    return at.begun and at.tuplet is None and at.factor == PLAIN


def _due(at: At) -> int:
    """What the last bar lacks of a part that is played again."""
    return at.pickup if at.upbeat else 0


def _lacks(at: At, time: int) -> bool:
    return _is_whole_token(at) and (at.whole == UNTIMED or at.whole - at.time == time)
