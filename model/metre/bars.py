"""Where a bar may end, with which bar line, and where a tune may.

Within a section a bar is full. The bar that begins a tune may be a pickup of any length; one that begins a
section, of half a bar at most, or what an upbeat at a section's end lacks. A bar that ends a section may
be short by half a bar at most, or by what the first pickup lasts. Repeats and voltas are kept to the
order that musicians know: `|1` only where no ending is open, and behind it nothing but `:|2`.
"""

from __future__ import annotations

from model.metre.state import PLAIN, UNTIMED, At, Section

__all__ = ["LAST_ENDING", "ends_plainly", "ends_section", "may_end", "next_bar"]

LAST_ENDING = 4


def ends_plainly(at: At) -> bool:
    """Whether a plain `|` may stand here, with more of the section behind it."""
    return _is_whole_token(at) and at.begun and (_is_full(at) or _is_pickup(at))


def ends_section(at: At) -> bool:
    """Whether the section, or the tune, may end with this bar."""
    return ends_plainly(at) or (_is_whole_token(at) and at.begun and _leaves_room(at))


def may_end(at: At) -> bool:
    """Whether nothing that was begun is still open, bar and section apart."""
    return at.sung and not at.tied and at.repeat != 1 and at.ending != 1


def next_bar(at: At, closes: bool, repeat: int | None = None, ending: int | None = None) -> At:
    """Behind a bar line; one that closes a section opens another. Repeat and ending stay if not given."""
    short = at.begun and at.time < at.whole
    is_long_pickup = short and at.section != Section.INNER and 2 * at.time > at.whole
    is_upbeat = short and closes and at.pickup and at.time + at.pickup == at.whole
    return at._replace(
        time=0,
        begun=False,
        section=Section.OPENS if closes else Section.INNER,
        repeat=at.repeat if repeat is None else repeat,
        ending=at.ending if ending is None else ending,
        pickup=at.pickup or (at.time if is_long_pickup else 0),
        upbeat=at.upbeat or (at.time if is_upbeat and 2 * at.time < at.whole else 0),
    )


def _is_whole_token(at: At) -> bool:
    return at.tuplet is None and at.factor == PLAIN


def _is_full(at: At) -> bool:
    return at.whole == UNTIMED or at.time == at.whole


def _is_pickup(at: At) -> bool:
    if at.section == Section.INNER:
        return False
    missing = at.whole - at.time
    return at.section == Section.FIRST or at.time <= missing or missing == at.upbeat


def _leaves_room(at: At) -> bool:
    missing = at.whole - at.time
    return missing <= at.time or missing == at.pickup
