// The data that the page carries, and what is computed from it when it is first asked for.

/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {string} level - the level of validity that it denies
 * @property {string} severity - error or warning
 * @property {string} message
 * @property {string} help
 * @property {number} start - where it is in `abc`
 * @property {number} end
 *
 * @typedef {object} PlayedNote
 * @property {number} pitch - a MIDI number
 * @property {number} onset - in whole notes, as is `duration`
 * @property {number} duration
 * @property {number} velocity - 1 to 127
 * @property {boolean} accompanies - whether it belongs to a chord symbol
 * @property {number} offset - where its written note begins in `abc`, or -1
 * @property {number} voice - from 0; chord symbols have none
 *
 * @typedef {object} Sound
 * @property {PlayedNote[]} notes - by onset
 * @property {number} tempo - quarter notes a minute
 * @property {string[]} voices - their names, if there are several
 *
 * @typedef {[number, number, number, number]} SharedBars - the first and last, and where they begin and end in the text
 *
 * @typedef {object} Entry - a tune of the page
 * @property {string} abc
 * @property {string} title
 * @property {string} reference - what X: says
 * @property {string} rhythm
 * @property {string} key
 * @property {string} meter
 * @property {string[] | null} levels - those that it reaches, null if it was not checked
 * @property {number} [tempo] - in quarter notes a minute, of a tune that was made in the page
 * @property {Record<string, boolean> | null} [knownLevels] - of a tune that was made in the page: those of which it
 *     is known whether it reaches them
 * @property {Finding[]} findings
 * @property {number} incipit - where its first bars end in `abc`
 * @property {{notes: string, count: number, ticks: number, tempo: number, voices?: string[]} | null} sound - packed
 * @property {{abc: string, title: string, id: string, similarity: number, notes: number, isCopy: boolean,
 *     shared: SharedBars[], sharedThere: SharedBars[]}} [nearest] - the training tune that is nearest
 * @property {number} number - its place in the page, from 1; 0 for a tune that was made in the page
 */

const LEVELS = ["parseable", "strict", "sound", "metrical"];

/** @returns {{tunes: Entry[], rejects: {place: string, message: string}[]}} */
function readPageData() {
  const data = JSON.parse(document.getElementById("page-data").textContent);
  data.tunes.forEach((tune, index) => {
    tune.number = index + 1;
    tune.levels = LEVELS.filter((_, bit) => tune.levels & (1 << bit));
    tune.findings = tune.findings.map(([kind, message, help, start, end]) => {
      const [code, level, severity] = data.kinds[kind];
      return {code, level, severity, message: data.strings[message], help: data.strings[help], start, end};
    });
  });
  return data;
}

/** Whether the grammar reads a tune. */
function isParseable(entry) {
  return entry.levels === null || entry.levels.includes("parseable");
}

/**
 * Unpack what Python's `pack_notes` wrote: columns of numbers, deflated, in base64.
 *
 * @param {Entry["sound"]} packed
 * @returns {Promise<Sound>}
 */
async function unpackSound(packed) {
  const bytes = Uint8Array.from(atob(packed.notes), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const next = numbersIn(new Uint8Array(await new Response(stream).arrayBuffer()));
  const column = (read) => Array.from({length: packed.count}, read);
  const pitches = column(() => next());
  const velocities = column(() => next());
  const onsets = running(column(() => next()));
  const durations = column(() => next());
  const offsets = running(column(() => unfolded(next())));
  const {voices = []} = packed;
  const voiceOf = column(() => (voices.length ? next() : 0));
  const notes = pitches.map((pitch, index) => ({
    pitch,
    onset: onsets[index] / packed.ticks,
    duration: durations[index] / packed.ticks,
    velocity: velocities[index] >> 1,
    accompanies: (velocities[index] & 1) === 1,
    offset: offsets[index],
    voice: voiceOf[index],
  }));
  return {notes, tempo: packed.tempo, voices};
}

/** A function that reads one number after another: seven bits a byte, the lowest first. */
function numbersIn(bytes) {
  let at = 0;
  return () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  };
}

/** Numbers below zero are packed as odd ones. */
function unfolded(value) {
  return value % 2 ? -(value + 1) / 2 : value / 2;
}

function running(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}
