// A tune as a Standard MIDI File (format 1): a track of the tempo, one of each voice, one of the chord symbols.

const TICKS_OF_QUARTER = 10_080; // as in the files of `tuneloom midi`
const LONGEST_QUARTER = 2 ** 24 - 1; // microseconds
const MELODY = 40; // the program of a violin
const CHORDS = {channel: 1, program: 24}; // a guitar
const CHANNELS = [0, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15]; // of voices; 9 has drums

/**
 * The bytes of a file. Of a pitch that sounds twice at once in a track, the earlier note ends where the later
 * one begins, since MIDI cannot tell them apart.
 *
 * @param {PlayedNote[]} notes
 * @param {{title: string, tempo: number, transpose: number, voices: string[]}} settings - quarter notes a minute,
 *     semitones, and the names of voices if there are several
 */
function midiOf(notes, {title, tempo, transpose, voices}) {
  const moved = notes
    .map((note) => ({...note, pitch: note.pitch + transpose}))
    .filter(({pitch}) => pitch >= 0 && pitch <= 127);
  const quarter = Math.min(LONGEST_QUARTER, Math.round(60_000_000 / tempo));
  const tracks = [midiTrack([{at: 0, bytes: [0xff, 0x51, 3, ...bigEndian(quarter, 3)]}])];
  const add = (name, part, played) => {
    if (played.length) tracks.push(midiTrack([...namedPart(name, part), ...noteEvents(played, part.channel)]));
  };
  (voices.length ? voices : [""]).forEach((name, voice) => {
    const part = {channel: CHANNELS[voice % CHANNELS.length], program: MELODY};
    add(name ? `${title} (${name})` : title, part, moved.filter((note) => !note.accompanies && note.voice === voice));
  });
  add(`${title} (chords)`, CHORDS, moved.filter((note) => note.accompanies));
  const header = [...bigEndian(1, 2), ...bigEndian(tracks.length, 2), ...bigEndian(TICKS_OF_QUARTER, 2)];
  return Uint8Array.from([midiChunk("MThd", header), ...tracks].flat());
}

function namedPart(name, {channel, program}) {
  const text = [...new TextEncoder().encode(name)];
  return [
    {at: 0, bytes: [0xff, 0x03, ...variableLength(text.length), ...text]},
    {at: 0, bytes: [0xc0 | channel, program]},
  ];
}

/** The beginnings and ends of notes in order, at one time the ends first. */
function noteEvents(notes, channel) {
  const events = distinctNotes(notes).flatMap(({start, end, pitch, velocity}) => [
    {at: start, isStart: 1, bytes: [0x90 | channel, pitch, velocity]},
    {at: end, isStart: 0, bytes: [0x80 | channel, pitch, 0]},
  ]);
  return events.sort((one, other) => one.at - other.at || one.isStart - other.isStart);
}

/** Notes in ticks, no two of one pitch at once; the longer of two that begin together. */
function distinctNotes(notes) {
  const found = [];
  const last = new Map();
  for (const {pitch, onset, duration, velocity} of notes) {
    const start = ticksOf(onset);
    const end = Math.max(start + 1, ticksOf(onset + duration));
    const before = last.get(pitch);
    if (before?.start === start) {
      before.end = Math.max(before.end, end);
      continue;
    }
    if (before) before.end = Math.min(before.end, start);
    const note = {pitch, start, end, velocity: Math.max(1, Math.min(127, Math.round(velocity)))};
    last.set(pitch, note);
    found.push(note);
  }
  return found;
}

function ticksOf(wholeNotes) {
  return Math.round(wholeNotes * 4 * TICKS_OF_QUARTER);
}

/** A track of events that are in order; each is preceded by the ticks since the one before it. */
function midiTrack(events) {
  const bytes = [];
  let now = 0;
  for (const event of events) {
    bytes.push(...variableLength(event.at - now), ...event.bytes);
    now = event.at;
  }
  return midiChunk("MTrk", [...bytes, 0, 0xff, 0x2f, 0]);
}

function midiChunk(kind, bytes) {
  return [...[...kind].map((letter) => letter.charCodeAt(0)), ...bigEndian(bytes.length, 4), ...bytes];
}

function bigEndian(number, size) {
  return Array.from({length: size}, (_, index) => (number >>> (8 * (size - 1 - index))) & 255);
}

/** Seven bits a byte, the highest first; every byte but the last has its high bit set. */
function variableLength(number) {
  const bytes = [number & 127];
  for (let rest = number >>> 7; rest; rest >>>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}
