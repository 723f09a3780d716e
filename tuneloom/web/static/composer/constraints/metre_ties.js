// The automaton of ties, which lead to equal notes; model/constraints/metre/ties.py says what the parts mean.

const DOUBLE_SIGNS = "^_";
const TIE_FIELDS = "KLM";
const MAX_MARKS = 3;
const CHORD_STAGES = ["first_accidental", "first", "first_tied", "other_accidental", "other"];

const tieState = (stage, sign = "", letter = "") => ({
  stage,
  sign,
  letter,
  marks: 0,
  due: false, // a tie leads to the next note, whose `marks` are then those that are missing
  begun: "",
  other: "",
});
const TIE_START = Object.freeze(tieState("line"));
const FREE = Object.freeze(tieState("free"));

const isLower = (letter) => letter === letter.toLowerCase();

/** The characters that a tie needs in addition to the letter of a note. */
function pendingChars({ due, sign, begun, marks }) {
  if (!due) return 0;
  return (begun ? sign.length - begun.length : 0) + marks;
}

/** The state after a character, or null if it may not come next. */
function afterTieChar(state, char) {
  if (char === END) return state.due ? null : TIE_START;
  if (state.stage === "line" || state.stage === "header") return tieInHeader(state, char);
  if (state.stage === "field") return char === "]" ? afterBrackets(state) : state;
  if (CHORD_STAGES.includes(state.stage)) return tieInChord(state, char);
  if (state.stage === "bracket") {
    if (TIE_FIELDS.includes(char)) return { ...state, stage: "field" };
    return char === "1" ? afterBrackets(state) : firstOfChord(state, char);
  }
  return tieOutside(state, char);
}

function tieInHeader(state, char) {
  if (state.stage === "line") return tieState("header", char);
  if (char !== "\n") return state;
  return state.sign === "K" ? FREE : TIE_START;
}

/** After brackets without notes. */
function afterBrackets(state) {
  return state.due ? { ...state, stage: "free" } : FREE;
}

function tieOutside(given, char) {
  let state = given;
  if (state.stage === "accidental") return afterAccidental(state, char, "accidental");
  if (MARKS.includes(char)) return octaveMark(state, char);
  if (state.stage === "note" && state.due && state.marks) return null; // the end of the tie lacks octave marks
  if (state.stage === "note" || state.stage === "noted") {
    if (char === "-") return { ...state, stage: "free", due: true };
    if (DIGITS.includes(char) || char === "/") return { ...state, stage: "noted" };
    state = FREE;
  }
  if (char === "-" || (char === "z" && state.due)) return null;
  if (ACCIDENTAL_SIGNS.includes(char)) return beginAccidental(state, char, "accidental");
  if (NOTES.includes(char)) return noteLetter(state, char, "note", "noted");
  return char === "[" ? { ...state, stage: "bracket" } : state;
}

/** The first character of an accidental. */
function beginAccidental(state, char, stage) {
  if (!state.due) return tieState(stage, char);
  return state.sign.startsWith(char) ? { ...state, stage, begun: char } : null;
}

function afterAccidental(state, char, stage) {
  if (ACCIDENTAL_SIGNS.includes(char)) {
    if (!state.due) return DOUBLE_SIGNS.includes(char) && state.sign === char ? { ...state, sign: char + char } : null;
    const longer = state.begun + char;
    return state.sign.startsWith(longer) ? { ...state, begun: longer } : null;
  }
  if (!NOTES.includes(char) || (state.due && state.begun !== state.sign)) return null;
  return stage === "first_accidental"
    ? noteLetter(state, char, "first", "first_tied")
    : noteLetter(state, char, "note", "noted");
}

function noteLetter(state, char, stage, tied) {
  if (!state.due) return tieState(stage, state.sign, char);
  if (char !== state.letter) return null;
  if (state.marks) return { ...state, stage, begun: "", other: String(state.marks) };
  return { ...state, stage: tied, begun: "", due: false };
}

function octaveMark(state, char) {
  if (state.stage !== "note" && state.stage !== "first") return null;
  if (char !== (isLower(state.letter) ? "'" : ",")) return null;
  if (!state.due) return state.marks < MAX_MARKS ? { ...state, marks: state.marks + 1 } : null;
  if (state.marks > 1) return { ...state, marks: state.marks - 1 };
  const stage = state.stage === "note" ? "noted" : "first_tied";
  return { ...state, stage, marks: Number(state.other), other: "", due: false };
}

function firstOfChord(state, char) {
  if (ACCIDENTAL_SIGNS.includes(char)) return beginAccidental(state, char, "first_accidental");
  return NOTES.includes(char) ? noteLetter(state, char, "first", "first_tied") : null;
}

function tieInChord(state, char) {
  if (state.stage === "first_accidental") return afterAccidental(state, char, "first_accidental");
  if (state.stage === "other_accidental") {
    if (DOUBLE_SIGNS.includes(char) && state.other === char) return { ...state, other: char + char };
    return NOTES.includes(char) ? { ...state, stage: "other", other: char } : null;
  }
  if (MARKS.includes(char)) return state.stage === "other" ? octaveMarkOfOther(state, char) : octaveMark(state, char);
  if (state.due) return null; // the first note, the end of a tie, lacks octave marks
  if (NOTES.includes(char)) return { ...state, stage: "other", other: char };
  if (ACCIDENTAL_SIGNS.includes(char)) return { ...state, stage: "other_accidental", other: char };
  return char === "]" ? { ...state, stage: "noted", other: "" } : null;
}

function octaveMarkOfOther(state, char) {
  const isRight = char === (isLower(state.other[0]) ? "'" : ",");
  return isRight && state.other.length <= MAX_MARKS ? { ...state, other: state.other + char } : null;
}
