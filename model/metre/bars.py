"""Where a bar may end, with which bar line, and where a tune may.

Within a section a bar is full. The bar that begins the tune may be a pickup of any length. The bar that
ends a section is full, or lacks just that pickup; then the next section may begin with a bar of the
pickup's length, so that the two add up. That is stricter than the rule by which tunes are judged, which
lets bars at a section's ends be short by half: a network would use the room. Repeats and voltas are kept to
the order that musicians know: `|1` only where no ending is open, and behind it nothing but `:|2`.
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
    is_upbeat = short and at.section == Section.INNER
    return at._replace(
        time=0,
        begun=False,
        section=Section.OPENS if closes else Section.INNER,
        repeat=at.repeat if repeat is None else repeat,
        ending=at.ending if ending is None else ending,
        pickup=at.time if short and at.section == Section.FIRST else at.pickup,
        # A section that is a pickup alone, as before `|:`, leaves the room that it found.
        room=closes and (is_upbeat or (short and at.room)),
    )


def _is_whole_token(at: At) -> bool:
    return at.tuplet is None and at.factor == PLAIN


def _is_full(at: At) -> bool:
    return at.whole == UNTIMED or at.time == at.whole


def _is_pickup(at: At) -> bool:
    return at.section == Section.FIRST or (at.room and at.time == at.pickup)


def _leaves_room(at: At) -> bool:
    return at.section == Section.INNER and 0 < at.pickup == at.whole - at.time
