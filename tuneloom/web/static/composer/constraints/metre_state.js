// What bars need to know of a training text; model/constraints/metre/state.py says what the parts mean.

const WHOLE_NOTE = 2048; // ticks: an eighth of the shortest unit note length, cut by `>>>`, is a whole tick
const UNTIMED = 0; // the length of a bar in free metre
const AMBIGUOUS = -1; // a repeat could go back to the last repeat sign or to a later double bar
const END = ""; // the end of the tune, among the characters that may come next
const PLAIN = "1/1"; // a factor by which broken rhythm changes no note

const BAR_START = Object.freeze({
  barLength: UNTIMED,
  unit: 0,
  elapsed: 0,
  hasContent: false,
  isFirstBar: true,
  repeat: 0,
  ending: 0,
  hasNote: false,
  isTied: false,
  brokenFactor: PLAIN,
  tuplet: null, // {p, q, left, eighths}
  pickup: 0,
  repeatsPickup: false,
});

const metreState = (phase, text, bar) => ({ phase, text, bar });
const METRE_START = metreState("rhythm", "", BAR_START);
const HEADER_PHASES = ["rhythm", "metre", "unit", "key"];

/** A map from each character to the same value. */
const mapOf = (characters, value) => new Map([...characters].map((char) => [char, value]));

/** Add the entries of a map to another. */
function addAll(map, others) {
  for (const [char, value] of others) map.set(char, value);
  return map;
}

/** A function of one argument, and a key for it, that computes each value once. */
function memoized(compute, keyOf = (argument) => argument) {
  const known = new Map();
  return (argument) => {
    const key = keyOf(argument);
    if (!known.has(key)) known.set(key, compute(argument));
    return known.get(key);
  };
}
