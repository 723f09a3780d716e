"""The sound of the page, rendered and listened to: its pitches are found again, and nothing clips."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest

from tuneloom.corpus.record import RawTune
from tuneloom.web.entries import page_entry
from tuneloom.web.write import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.support.chromium import OpenPage

pytestmark = pytest.mark.browser

RATE = 44_100
TUNES = 20
# Renders the first 15 seconds of a tune and gives their samples in base64, with the notes.
RENDER = """async (number) => {
  const {notes: all, tempo} = await unpackSound(page.tunes[number].sound);
  const rate = tempo / 240;
  const notes = all.filter((note) => note.onset / rate < 15);
  const melody = notes.filter((note) => !note.accompanies);
  const render = async (notes, drone) =>
    (await renderSound(notes, {rate, transpose: 0, drone})).getChannelData(0);
  const [samples, full] = [await render(melody, null), await render(notes, 45)];
  let text = "";
  const bytes = new Uint8Array(samples.buffer);
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return {samples: btoa(text), rate, notes: melody,
    peak: full.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)};
}"""


@pytest.fixture(scope="module")
def opened(
    browser: Browser,
    real_tunes: Callable[[str], list[RawTune]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[OpenPage]:
    from tests.support.chromium import open_page

    path = tmp_path_factory.mktemp("sound") / "page.html"
    tunes = real_tunes("nottingham/ABC_original")[::50][:TUNES]
    write_page(path, "Tunes", (page_entry(tune.text, tune.file_header) for tune in tunes))
    with open_page(browser, path) as opened:
        yield opened


def heard_pitch(samples: npt.NDArray[np.float32], frequencies: npt.NDArray[np.float64]) -> int:
    """The index of the frequency with which the samples agree most after one period (autocorrelation)."""
    window = samples - samples.mean()
    size = 1 << (2 * len(window) - 1).bit_length()
    spectrum = np.fft.rfft(window, size)
    agreement = np.fft.irfft(np.abs(spectrum) ** 2, size)[: len(window)]
    agreement /= np.arange(len(window), 0, -1)
    lags = RATE / frequencies
    strength = np.interp(lags, np.arange(len(agreement)), agreement)
    best = strength.max()
    # Two periods agree as well as one, so the highest pitch that agrees nearly as much is the one heard.
    return int(np.flatnonzero(strength > 0.93 * best).max())


def test_the_pitches_of_the_sound_are_found_again_and_nothing_clips(opened: OpenPage) -> None:
    pitches = np.arange(48, 97)
    frequencies = 440 * 2.0 ** ((pitches - 69) / 12)
    right = total = 0
    for number in range(TUNES):
        rendered = opened.evaluate(RENDER, number)
        samples = np.frombuffer(base64.b64decode(rendered["samples"]), np.float32)
        assert 0.05 < np.abs(samples).max() < 1
        assert 0.05 < rendered["peak"] < 1
        onsets = [note["onset"] for note in rendered["notes"]]
        for note in rendered["notes"]:
            start, seconds = note["onset"] / rendered["rate"], note["duration"] / rendered["rate"]
            if onsets.count(note["onset"]) > 1 or seconds < 0.1:
                continue
            # The string before it has faded by now.
            part = samples[int((start + 0.06) * RATE) : int((start + min(seconds, 0.3)) * RATE)]
            right += pitches[heard_pitch(part, frequencies)] == note["pitch"]
            total += 1
    assert total > 900
    assert right / total >= 0.98
