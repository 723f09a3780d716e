"""The page of a collection: size, time to make it, to open it, to search it, and to engrave all of its tunes.

Needs Chromium. An argument names a folder of TUNELOOM_CORPORA other than the Nottingham collection.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.support.chromium import open_page, start_chromium
from tuneloom.cli.app import main as tuneloom_command
from tuneloom.corpus.sources.kinds.pinned import corpora_folder
from tuneloom.grammar.errors import UsageError

_COLLECTION = "nottingham/ABC_original"
_FIRST_SCORE = """() => {
  window.firstScore = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector("#score svg path")) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    document.addEventListener("DOMContentLoaded", look);
  });
}"""
_SEARCH = """(words) => {
  const times = words.map((word) => {
    const before = performance.now();
    page.list.search.value = word;
    page.list.update();
    document.body.offsetHeight;
    return performance.now() - before;
  });
  page.list.search.value = "";
  page.list.update();
  return times;
}"""
_ENGRAVE_ALL = """async () => {
  let engraved = 0;
  for (const tune of page.tunes) {
    page.show(tune, false);
    await page.view.soundNow();
    if (document.querySelectorAll("#score .abcjs-note, #score .abcjs-rest").length) engraved++;
    else if (isParseable(tune)) console.log("no score", tune.number);
  }
  return engraved;
}"""
_WORDS = ["reel", "the", "cuckoo", "gab", "x", "d2 ef"]


def main(options: Sequence[str]) -> bool:
    """Print the figures; False if one misses its target."""
    corpora = corpora_folder()
    if corpora is None:
        raise UsageError("TUNELOOM_CORPORA names no folder of real tunes")
    folder = corpora / (options[0] if options else _COLLECTION)
    with TemporaryDirectory() as temporary, start_chromium() as browser:
        path = Path(temporary, "page.html")
        before = time.perf_counter()
        tuneloom_command(["page", str(folder), "-o", str(path)])
        making = time.perf_counter() - before
        size = path.stat().st_size
        print(f"made in {making:.1f} s (at most 20), {size:,} bytes (at most 3,000,000)")
        return _use(browser, path) and making <= 20 and size <= 3_000_000


def _use(browser: Browser, path: Path) -> bool:
    with open_page(browser, path, f"({_FIRST_SCORE})()") as opened:
        first = opened.evaluate("firstScore")
        searches = opened.evaluate(_SEARCH, _WORDS)
        before = time.perf_counter()
        engraved = opened.evaluate(_ENGRAVE_ALL)
        seconds = time.perf_counter() - before
        parseable = opened.evaluate("page.tunes.filter(isParseable).length")
        print(f"first score after {first:.0f} ms (at most 1,000)")
        print(f"searches of {', '.join(f'{each:.0f}' for each in searches)} ms (at most 100)")
        print(f"{engraved:,} tunes engraved, {parseable:,} parse, {seconds:.0f} s for all")
        print(f"errors {opened.errors[:3]}, requests {opened.requests[:3]}")
        reached = first <= 1000 and max(searches) <= 100 and engraved >= parseable
        return reached and not opened.errors and not opened.requests
