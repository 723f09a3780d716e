// How long the last note, rest or chord is in unit note lengths, as if the text ended there.

const MAX_NUMBER = 1000; // numbers have four digits at most
const MAX_SLASHES = 10;
const MAX_ARROWS = 3;

/** The length of the last note, rest or chord, its tuplet and the arrows on both sides included. */
function lengthOf(state) {
  const length = writtenLength(state) * state.factor;
  return state.arrows ? length * brokenFactors(state.arrows[0], state.arrows.length)[0] : length;
}

function writtenLength({ numerator, denominator, slashes }) {
  return (numerator || 1) / (denominator || 1 << slashes);
}

/** A note, rest or chord begins; it takes the arrows before it and its place in a tuplet with it. */
function beginLength(state) {
  const inTuplet = state.notesLeft ? state.tupletFactor : 1;
  return {
    ...state,
    length: "open",
    numerator: 0,
    slashes: 0,
    denominator: 0,
    arrows: "",
    factor: state.nextFactor * inTuplet,
    nextFactor: 1,
    notesLeft: Math.max(0, state.notesLeft - 1),
  };
}

/** After a chord comes a length by which that of its first note is multiplied (4.17). */
function endChord(state) {
  if (!state.length) return state;
  const factor = state.factor * writtenLength(state);
  return { ...state, length: "open", numerator: 0, slashes: 0, denominator: 0, factor };
}

/** A digit, slash or arrow. */
function lengthen(state, char) {
  if (char === "<" || char === ">") return state.length ? withArrow(state, char) : state;
  if (state.length !== "open" || state.arrows) return state;
  if (char === "/") return { ...state, slashes: Math.min(state.slashes + 1, MAX_SLASHES) };
  const part = state.slashes ? "denominator" : "numerator";
  const number = state[part];
  return { ...state, [part]: number < MAX_NUMBER ? number * 10 + Number(char) : number };
}

function withArrow(state, arrow) {
  const arrows = state.arrows + arrow;
  if (arrows.length > MAX_ARROWS || arrows !== arrow.repeat(arrows.length)) return state;
  return { ...state, length: "closed", arrows, nextFactor: brokenFactors(arrow, arrows.length)[1] };
}

/** What the numbers after the last `(` mean, if there are any; they have been read to their end. */
function readTuplet(state) {
  const [p, q = 0, r = 0] = state.tuplet.slice(1).split(":").map(Number);
  const read = { ...state, tuplet: "" };
  if (!p) return read;
  return { ...read, notesLeft: r || p, tupletFactor: (q || tupletTime(p, state.isCompound)) / p };
}
