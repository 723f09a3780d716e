// Keys as the value of K: gives them (3.1.14, 4.6): tonic, mode, and what each letter is altered by.

const LETTERS = "CDEFGAB"; // in the order of the staff
const FIFTHS_ORDER = "FCGDAEB"; // the line of fifths, from -1
const ALTERATIONS = { "^^": 2, "^": 1, "=": 0, _: -1, __: -2 };
const SPELLED_ACCIDENTALS = new Map(Object.entries(ALTERATIONS).map(([sign, alter]) => [alter, sign]));
const MODES = { maj: 0, ion: 0, mix: -1, dor: -2, min: -3, aeo: -3, phr: -4, loc: -5, lyd: 1 };
const TONIC_ACCIDENTALS = { "#": 1, b: -1, "": 0 };
const BAGPIPE = { tonic: "A", alterations: { F: 1, C: 1, G: 0 } };

const inAnyCase = (word) => word.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
const LONG_MODE =
  `(?:${["maj", "min", "ion", "dor", "phr", "lyd", "mix", "aeo", "loc"].map(inAnyCase).join("|")})` +
  `[A-Za-z]*(?![A-Za-z])|${inAnyCase("exp")}(?![A-Za-z])`;
const KEY_VALUE = new RegExp(
  `^(?<tonic>[A-G][#b]?)(?:[ \\t]+(?<word>${LONG_MODE}|[Mm](?![A-Za-z=:]))` +
    `|(?<mode>${LONG_MODE}|[Mm](?![A-Za-z:]))?(?![^ \\t^=_]))`,
);
const NO_SIGNATURE = /^(?:none(?![^ \t])|$)/i;
const KEY_SIGN = /(\^\^|\^|=|__|_)([A-Ga-g])(?![A-Za-z0-9])/g;
const PROPERTY = new RegExp(
  "((?:clef|middle|octave|transpose|stafflines)(?=[ \\t]*=)|[A-Za-z][A-Za-z0-9_-]*(?==))" +
    '[ \\t]*=[ \\t]*("[^"]*"|[^ \\t"]*)|("[^"]*"|[^ \\t"]+|")',
  "g",
);
const CLEF_WORD = /^(?:treble|alto|tenor|bass|perc|none)[1-5]?(?:[+\-^_]?(?:8|15))?$/;

const modulo = (number, by) => ((number % by) + by) % by;

/** Tonic, mode in three letters, and what follows them; no tonic where the value begins with no key. */
function splitKey(value) {
  const match = KEY_VALUE.exec(value);
  if (!match) return { tonic: "", mode: "", rest: value };
  const mode = (match.groups.word ?? match.groups.mode ?? "maj").toLowerCase().slice(0, 3);
  return { tonic: match.groups.tonic, mode: mode === "m" ? "min" : mode, rest: value.slice(match[0].length).trim() };
}

/** How many fifths a tonic is above C, octaves aside. */
function fifthsOf(tonic) {
  return FIFTHS_ORDER.indexOf(tonic[0]) - 1 + 7 * TONIC_ACCIDENTALS[tonic.slice(1)];
}

/** The words of a value that are no properties, such as a clef. */
function keyWords(value) {
  const words = Array.from(value.matchAll(PROPERTY), (match) => match[3] ?? "");
  return words.filter((word) => word && !CLEF_WORD.test(word)).join(" ");
}

/** {tonic, alterations by letter}; without a key, such as after a clef alone, no tonic. */
function parseKey(given) {
  const value = given.trim();
  if (/^H[Pp]/.test(value)) return BAGPIPE;
  const { tonic, mode, rest } = splitKey(value);
  if (!tonic) {
    const after = keyWords(value.replace(NO_SIGNATURE, ""));
    return splitKey(after).tonic ? parseKey(after) : { tonic: "", alterations: {} };
  }
  const alterations = mode === "exp" ? {} : signatureOf(fifthsOf(tonic) + MODES[mode]);
  for (const [, sign, letter] of keyWords(rest).matchAll(KEY_SIGN)) {
    alterations[letter.toUpperCase()] = ALTERATIONS[sign];
  }
  return { tonic, alterations };
}

/** Whether a value sets the signature, if only to none; a clef alone leaves it as it is. */
function hasSignature(value) {
  return Boolean(parseKey(value).tonic || NO_SIGNATURE.test(value.trim()));
}

/** The letters that a signature alters; beyond seven, a letter is altered twice. */
function signatureOf(fifths) {
  const letters = fifths > 0 ? [...FIFTHS_ORDER] : [...FIFTHS_ORDER].reverse();
  const count = Math.abs(fifths);
  const altered = letters.filter((_, index) => count > index);
  return Object.fromEntries(
    altered.map((letter, index) => [letter, Math.sign(fifths) * Math.floor((count - index + 6) / 7)]),
  );
}

/** A letter with its alteration, moved by fifths: 7 of them raise a letter by a semitone. */
function transposedLetter(letter, alter, fifths) {
  const place = FIFTHS_ORDER.indexOf(letter) + fifths;
  return [FIFTHS_ORDER[modulo(place, 7)], alter + Math.floor(place / 7)];
}

/** The place of a pitch on the staff: 28 for `C`, and one more for each letter above. */
function degreeOf(pitch) {
  const letter = pitch[0].toUpperCase();
  const marks = [...pitch].reduce((sum, char) => sum + (char === "'") - (char === ","), 0);
  return 7 * ((pitch[0] === letter ? 4 : 5) + marks) + LETTERS.indexOf(letter);
}

/** The pitch at a place on the staff, the inverse of `degreeOf`. */
function spellDegree(degree) {
  const octave = Math.floor(degree / 7);
  const letter = LETTERS[modulo(degree, 7)];
  return octave > 4 ? letter.toLowerCase() + "'".repeat(octave - 5) : letter + ",".repeat(4 - octave);
}
