// Plays a JSON array of tunes from standard input with abcjs, and writes for each, in JSON, the notes of its
// tracks as text: start, length and pitch, after the tempo in whole notes a minute; null where it raises.
// Node finds abcjs through NODE_PATH.
const abcjs = require("abcjs");
const notes = (track) =>
  track.filter((event) => event.cmd === "note").map((n) => [n.start, n.duration, n.pitch].join(":")).join(" ");
const play = (text) => {
  try {
    const [tune] = abcjs.parseOnly(text);
    const audio = tune.setUpAudio({});
    return [audio.tempo * tune.getBeatLength(), ...audio.tracks.map(notes)].join("\n");
  } catch (error) {
    return null;
  }
};
process.stdout.write(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(play)));
