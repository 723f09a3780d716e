"""A page as one HTML file, which asks for nothing from elsewhere and runs no script but its own.

Texts of tunes are only in a block of JSON, in which `<` is escaped, and get into the page as text. A policy
(CSP) has the browser refuse whatever else there might be: scripts by their sum, and every request.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from html import escape

from tuneloom.corpus.record import Reject
from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.web.assets import ABCJS, STYLES, fill_slots, read_asset, read_script
from tuneloom.web.entries import NearestTune, PageEntry, PageFinding
from tuneloom.web.sound import PackedSound

__all__ = ["GENERATOR", "Composer", "json_block", "page_html", "script_policy", "sound_data"]

GENERATOR = '<meta name="generator" content="tuneloom page">'
"""The line by which a page of ours is known."""


@dataclass(frozen=True, slots=True)
class Composer:
    """A network that writes tunes in the page: its data, for JSON, and the script that reads them."""

    data: object
    script: str

    def html(self) -> str:
        data = (
            f'<script type="application/json" id="composer-data">{json_block(self.data)}</script>'
        )
        return f"{data}\n<script>{self.script}</script>\n"


def page_html(
    title: str,
    entries: Sequence[PageEntry],
    rejects: Sequence[Reject] = (),
    composer: Composer | None = None,
) -> str:
    """The whole page."""
    abcjs, scripts = read_asset(ABCJS), read_script()
    allowed = [abcjs, scripts, *([composer.script] if composer else [])]
    slots = {
        "policy": script_policy(*allowed),
        "composer": composer.html() if composer else "",
        "title": escape(title),
        "styles": "\n".join(map(read_asset, STYLES)),
        "data": json_block(_page_data(entries, rejects)),
        "abcjs": abcjs,
        "scripts": scripts,
    }
    return fill_slots(read_asset("page.html"), slots)


def script_policy(*scripts: str) -> str:
    """A policy (CSP) that allows these scripts, styles and pictures in the page, and no request."""
    sums = (b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{each}'" for each in sums)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def json_block(data: object) -> str:
    """JSON that holds no end of its block: `<` only occurs in texts, where it may be escaped."""
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


@dataclass(slots=True)
class _Table:
    """Gives each value a number, from 0 in the order in which they come."""

    numbers: dict[object, int] = field(default_factory=dict)

    def number(self, value: object) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


def _page_data(entries: Sequence[PageEntry], rejects: Sequence[Reject]) -> dict[str, object]:
    """What `page-data.js` reads: sentences and kinds of findings once each."""
    strings, kinds = _Table(), _Table()
    tunes = [_tune_data(entry, strings, kinds) for entry in entries]
    return {
        "tunes": tunes,
        "strings": list(strings.numbers),
        "kinds": list(kinds.numbers),
        "rejects": [{"place": reject.place, "message": reject.message} for reject in rejects],
    }


def _tune_data(entry: PageEntry, strings: _Table, kinds: _Table) -> dict[str, object]:
    sound = entry.sound
    return {
        "abc": entry.abc,
        "reference": entry.reference,
        "title": entry.title,
        "rhythm": entry.rhythm,
        "key": entry.key,
        "meter": entry.meter,
        "levels": sum(
            1 << bit for bit, level in enumerate(CHECKED_LEVELS) if level in entry.levels
        ),
        "findings": [_finding_data(finding, strings, kinds) for finding in entry.findings],
        "incipit": entry.incipit,
        "sound": sound and sound_data(sound),
        **({"nearest": _nearest_data(entry.nearest)} if entry.nearest else {}),
    }


def _nearest_data(nearest: NearestTune) -> dict[str, object]:
    return {
        "abc": nearest.abc,
        "title": nearest.title,
        "id": nearest.id,
        "similarity": round(nearest.similarity, 3),
        "notes": nearest.notes,
        "isCopy": nearest.is_copy,
        "shared": [astuple(bars) for bars in nearest.shared],
        "sharedThere": [astuple(bars) for bars in nearest.shared_there],
    }


def sound_data(sound: PackedSound) -> dict[str, object]:
    """Packed notes as the scripts of a page unpack them."""
    return {
        "notes": sound.notes,
        "count": sound.count,
        "ticks": sound.ticks,
        "tempo": sound.tempo,
        **({"voices": sound.voices} if sound.voices else {}),
    }


def _finding_data(finding: PageFinding, strings: _Table, kinds: _Table) -> list[int]:
    found = finding.found
    kind = kinds.number((found.code, found.level, found.severity))
    texts = strings.number(found.message), strings.number(found.help)
    return [kind, *texts, finding.start, finding.end]
