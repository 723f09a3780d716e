// What abcjs makes of a text that was edited in the page, where there is no Python to perform it.

/**
 * @param {object} tune - as abcjs read it
 * @returns {Sound}
 */
function soundOfAbcjs(tune) {
  const audio = tune.setUpAudio({});
  const voices = Math.max(1, ...tune.lines.map((line) =>
    (line.staff ?? []).reduce((sum, staff) => sum + staff.voices.length, 0)));
  const notes = audio.tracks.flatMap((track, index) =>
    track.filter((event) => event.cmd === "note" && event.duration > 0).map((event) => ({
      pitch: Math.round(event.pitch),
      onset: event.start,
      duration: event.duration,
      velocity: Math.min(127, index < voices ? event.volume : event.volume / 2),
      accompanies: index >= voices,
      voice: index < voices ? index : 0,
      offset: index < voices ? event.startChar ?? -1 : -1,
    })));
  const names = voices > 1 ? Array.from({length: voices}, (_, index) => String(index + 1)) : [];
  return {notes: notes.sort((one, other) => one.onset - other.onset), tempo: audio.tempo, voices: names};
}
