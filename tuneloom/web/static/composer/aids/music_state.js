// What each character of a tune is, read from the front; model/aids/music/music_state.py says what the parts mean.

const MUSIC_START = Object.freeze({
  mode: "header",
  aside: "",
  event: "",
  division: "",
  isBlank: false,
  atBarLine: false,
  barSign: "",
  field: "",
  length: "",
  numerator: 0,
  slashes: 0,
  denominator: 0,
  arrows: "",
  factor: 1,
  nextFactor: 1,
  tuplet: "",
  notesLeft: 0,
  tupletFactor: 1,
  isCompound: false,
  accidental: null,
  hasPitch: false,
  isRest: false,
  isTied: false,
});
const NOTES = "ABCDEFGabcdefg";
const DIGITS = "0123456789";
const PITCH_SIGNS = { "^": 1, _: -1, "=": 0 };
const ASIDES = { '"': "quote", "!": "decoration", "{": "grace" };
const FIELD_LETTERS = "HIJKLMNOPQRSTUVWhijklmnopqrstuvw";
const MAX_FIELD = 64;
const MAX_TUPLET = 12;

/** The state after one more character. What makes no sense is passed over. */
function follow(before, char) {
  const ofNote = before.event === "note" || before.event === "inner";
  const state = {
    ...before,
    event: "",
    division: "",
    isBlank: char === " " || char === "\n",
    barSign: "",
    accidental: ofNote ? null : before.accidental,
    hasPitch: before.hasPitch && (char === "," || char === "'"),
    field: before.event === "field" ? "" : before.field,
  };
  if (state.aside) return inAside(state, char);
  switch (state.mode) {
    case "header":
    case "field line":
      return inFieldLine(state, char);
    case "field":
      return inInlineField(state, char);
    case "bracket":
      return afterBracket(state, char);
    case "name":
    case "letter":
      if (char === ":") {
        const mode = state.mode === "name" ? "field line" : "field";
        return { ...state, mode, field: addToField(state.field, char), length: "" };
      }
      if (state.mode === "letter") return musicChar({ ...state, mode: "chord", field: "" }, char, "");
      break;
    case "line":
      if (FIELD_LETTERS.includes(char)) return { ...state, mode: "name", field: char, length: "" };
  }
  const music = state.mode === "line" || state.mode === "name" ? { ...state, mode: "music", field: "" } : state;
  return musicChar(music, char, before.barSign);
}

function inAside(state, char) {
  if (char === "\n") return follow({ ...state, aside: "" }, char);
  switch (state.aside) {
    case "escape":
      return { ...state, aside: "quote" };
    case "quote":
      return { ...state, aside: char === '"' ? "" : char === "\\" ? "escape" : "quote" };
    case "decoration":
      if (" \t|:[]".includes(char)) return follow({ ...state, aside: "" }, char);
      return { ...state, aside: char === "!" ? "" : "decoration" };
  }
  if (char === "}") return { ...state, aside: "" };
  if (NOTES.includes(char)) return { ...state, event: "inner", hasPitch: true };
  return { ...withPitchSign(state, char), length: state.length };
}

function inFieldLine(state, char) {
  if (char !== "\n") return { ...state, field: addToField(state.field, char) };
  const after = withField(state);
  if (state.mode === "field line") return { ...after, mode: "line" };
  // The music begins as after a bar line.
  return state.field.startsWith("K:") ? { ...after, mode: "line", atBarLine: true } : after;
}

function inInlineField(state, char) {
  if (char === "]") return { ...withField(state), mode: "music" };
  if (char === "\n") return { ...state, mode: "line", field: "" };
  return { ...state, field: addToField(state.field, char) };
}

function addToField(field, char) {
  const isFull = field && (!"KLM".includes(field[0]) || field.length === MAX_FIELD);
  return isFull ? field : field + char;
}

function withField(state) {
  if (!state.field.startsWith("M:")) return { ...state, event: "field" };
  return { ...state, event: "field", isCompound: isCompound(state.field.slice(2)) };
}

function afterBracket(state, char) {
  if (FIELD_LETTERS.includes(char)) return { ...state, mode: "letter", field: char };
  const music = { ...state, mode: "music" };
  if (DIGITS.includes(char)) return inBarLine(music, char, "ending");
  if ("|:]".includes(char)) return inBarLine(music, char, divisionOf(char, "["));
  if (char === " " || char === "\n") return musicChar(music, char, "");
  return musicChar({ ...state, mode: "chord", length: "" }, char, "");
}

function musicChar(given, char, barSign) {
  let state = given;
  if (state.tuplet) {
    if (DIGITS.includes(char) || (char === ":" && state.tuplet.length > 1)) {
      return { ...state, tuplet: (state.tuplet + char).slice(0, MAX_TUPLET) };
    }
    state = readTuplet(state);
  }
  if (NOTES.includes(char) || char === "z" || char === "x") return timed(state, char);
  if ((DIGITS.includes(char) || "/<>".includes(char)) && !barSign) return lengthen(state, char);
  if (char === "," || char === "'" || char in PITCH_SIGNS) return withPitchSign(state, char);
  if (char === "|" || (char === ":" && state.mode !== "chord") || (char === "]" && barSign)) {
    return inBarLine({ ...state, mode: "music" }, char, divisionOf(char, barSign));
  }
  if (DIGITS.includes(char) && barSign) return inBarLine(state, char, "ending");
  if (char in ASIDES) return { ...state, aside: ASIDES[char] };
  return otherChar(state, char);
}

/** What a sign of a bar line says, after another or none. */
function divisionOf(sign, signBefore) {
  if (sign === ":") return signBefore === "|" || signBefore === ":" ? "repeat" : "repeat end";
  return signBefore || sign === "]" ? "section" : "";
}

function otherChar(state, char) {
  const closed = state.length ? { ...state, length: "closed" } : state;
  const isChord = state.mode === "chord";
  switch (char) {
    case "[":
      return { ...state, mode: "bracket", length: "" };
    case "]":
      if (isChord) return { ...endChord(state), mode: "music" };
      break;
    case "-":
      return state.length && !state.isRest && !isChord ? { ...closed, event: "tie", isTied: true } : closed;
    case ")":
      return closed;
    case "\n":
      return { ...state, mode: "line", length: "" };
    case "(":
      if (!isChord) return { ...state, tuplet: "(", length: "" };
      break;
    case "Z":
    case "X":
      return { ...state, event: "bars", length: "", atBarLine: false };
    case "&":
      return { ...state, event: "overlay", length: "" };
  }
  return isChord ? closed : { ...state, length: "" };
}

function timed(state, char) {
  const isNote = NOTES.includes(char);
  if (state.mode === "chord" && state.length) {
    return { ...state, event: isNote ? "inner" : "", length: "closed", hasPitch: isNote };
  }
  return {
    ...beginLength(state),
    event: isNote ? "note" : "rest",
    atBarLine: false,
    hasPitch: isNote,
    isRest: !isNote,
    isTied: false,
  };
}

function withPitchSign(state, char) {
  if (char === "," || char === "'") return state.hasPitch ? { ...state, event: "octave" } : state;
  if (!(char in PITCH_SIGNS)) return state;
  const sign = PITCH_SIGNS[char];
  const accidental = sign ? Math.max(-2, Math.min(2, sign + (state.accidental ?? 0))) : 0;
  return { ...state, accidental, length: state.length && state.mode === "chord" ? "closed" : "" };
}

function inBarLine(state, char, division) {
  const event = state.atBarLine ? "" : "bar";
  return { ...state, event, division, atBarLine: true, barSign: division === "ending" ? "" : char, length: "" };
}
