// The values of the fields that aids need: metre, unit note length and key.

const INTEGER = /^[+-]?\d+$/;

function integerOf(text) {
  return INTEGER.test(text) ? Number(text) : NaN;
}

/** The length of a bar in whole notes, 0 without one; null for nonsense. */
function meterLength(given) {
  if (given.trim().toLowerCase() === "none") return 0;
  const value = given.replace(/\s/g, "");
  if (value === "C" || value === "C|") return 1;
  const slash = value.indexOf("/");
  if (slash < 0) return null;
  const beats = value.slice(0, slash).replace(/^[()]+|[()]+$/g, "").split("+");
  const length = beats.reduce((sum, beat) => sum + integerOf(beat), 0) / integerOf(value.slice(slash + 1));
  return length > 0 && Number.isFinite(length) ? length : null;
}

/** The value of L: in whole notes; null for nonsense. */
function unitLength(given) {
  const value = given.replace(/\s/g, "");
  const slash = value.indexOf("/");
  const [top, bottom] = slash < 0 ? [value, ""] : [value.slice(0, slash), value.slice(slash + 1)];
  const length = integerOf(top) / (bottom ? integerOf(bottom) : 1);
  return length > 0 && Number.isFinite(length) ? length : null;
}

/** Whether beats have three parts; for tuplets, 3/8 counts as compound too (4.13). */
function isCompound(given) {
  const meter = given.replace(/\s/g, "");
  const slash = meter.indexOf("/");
  if (slash < 0 || meter.slice(slash + 1) !== "8") return false;
  const beats = meter.slice(0, slash).replace(/^[()]+|[()]+$/g, "");
  return /^\d+$/.test(beats) && Number(beats) % 3 === 0;
}

/** The q of a tuplet `(p` that gives none (4.13). */
function tupletTime(p, compound) {
  return { 2: 3, 3: 2, 4: 3, 6: 2, 8: 3 }[p] ?? (compound ? 3 : 2);
}

/** The factors of the notes before and after `>` or `<` (4.4). */
function brokenFactors(direction, count) {
  const short = 2 ** -count;
  return direction === ">" ? [2 - short, short] : [short, 2 - short];
}

/** The tonic as a step (0 is C) and in semitones above C, and what the signature does to each step. */
function keyPitches(value) {
  if (!hasSignature(value)) return null;
  const { tonic, alterations } = parseKey(value);
  const altered = [...LETTERS].map((letter) => alterations[letter] ?? 0);
  if (!tonic) return { step: 0, semitones: 0, alterations: altered };
  return { step: LETTERS.indexOf(tonic[0]), semitones: modulo(7 * fifthsOf(tonic), 12), alterations: altered };
}
