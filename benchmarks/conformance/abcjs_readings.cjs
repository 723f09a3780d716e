// Reads a JSON array of ABC files from standard input, and writes what abcjs makes of the first tune of each:
// warnings, notes by track, and what its parser says of key, metre, tempo and lyrics. Node finds abcjs through
// NODE_PATH.
const abcjs = require("abcjs");

const SIGNS = { sharp: "#", flat: "b", dblsharp: "##", dblflat: "bb" };

function notesOf(tune) {
  const audio = tune.setUpAudio({ chordsOff: true });
  return audio.tracks.map((track) =>
    track.filter((event) => event.cmd === "note").map((event) => [event.start, event.pitch, event.duration]),
  );
}

function keyOf(tune) {
  const key = tune.getKeySignature();
  const altered = (key.accidentals || []).filter((one) => SIGNS[one.acc]);
  return {
    tonic: key.root === "none" ? "" : key.root + key.acc,
    mode: (key.mode || "maj").toLowerCase(),
    signature: altered.map((one) => one.note.toUpperCase() + SIGNS[one.acc]).sort().join(" "),
  };
}

function meterOf(tune) {
  const meter = tune.getMeter();
  if (meter.type === "common_time") return "C";
  if (meter.type === "cut_time") return "C|";
  if (meter.type !== "specified") return "none";
  return meter.value.map((one) => one.num + "/" + one.den).join("+");
}

function tempoOf(tune) {
  const tempo = tune.metaText.tempo;
  if (!tempo || !tempo.bpm || !tempo.duration) return null;
  return tempo.bpm * tempo.duration.reduce((sum, beat) => sum + beat, 0) * 4;
}

function lyricsOf(tune) {
  const notes = tune.lines
    .filter((line) => line.staff)
    .flatMap((line) => line.staff[0].voices[0])
    .filter((element) => element.el_type === "note" && element.pitches);
  return notes.map((note) =>
    (note.lyric || []).map((one) => one.syllable.replace(/\u00a0/g, " ") + (one.divider === "-" ? "-" : "")),
  );
}

function reading(file) {
  try {
    const tunes = abcjs.parseOnly(file);
    const tune = tunes[0];
    const warnings = tune.warnings || [];
    const notes = notesOf(tune);
    return {
      tunes: tunes.length,
      warnings,
      notes,
      key: keyOf(tune),
      meter: meterOf(tune),
      tempo: tempoOf(tune),
      lyrics: lyricsOf(tune),
    };
  } catch (error) {
    return { warnings: ["raises " + error] };
  }
}

const files = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(files.map(reading)));
