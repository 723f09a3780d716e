// The automaton of bars: the characters that may come next, and the states after them.

const ANY_FIELD = "KLM";
const WITHIN_BAR = "KL";
const NO_LINE_END = ["volta", "field", "|:"]; // after these signs a line does not end

class BarTransitions {
  constructor(characters, rhythms) {
    this.characters = new Set([...characters, END]);
    this.lengths = new NoteLengths(characters);
    this.fields = new FieldValues(characters, this.lengths, rhythms);
    this.notes = new NoteTransitions(characters, this.lengths);
    this.hasEndings = characters.has("2");
  }

  /** The state after each character that may come next; END ends the tune. */
  of(state) {
    const found = this.#ofPhase(state);
    return new Map([...found].filter(([char]) => this.characters.has(char)));
  }

  #ofPhase(state) {
    const { phase, bar, text } = state;
    switch (phase) {
      case "body":
        return new Map([["|", { ...state, phase: "opening" }], ...this.#start(bar, "")]);
      case "opening":
        return new Map([[":", metreState("bar", "|:", afterRepeatStart(bar))]]);
      case "bar":
        return this.#bar(bar, text);
      case "between":
        return this.#between(bar);
      case "space":
        return this.#start(bar, "");
      case "accidental":
        return this.notes.accidental(state);
      case "note":
      case "rest":
      case "tie":
        return this.#sounding(state);
      case "arrow":
        return this.notes.arrow(state);
      case "bracket":
        return this.#bracket(state);
      case "chord":
        return this.notes.chord(state);
      case "field":
        return this.#field(state);
      case "tuplet":
        return this.#tuplet(state);
      case "line":
        return this.#line(state);
      case "over":
        return new Map([[END, METRE_START]]);
    }
    return this.#header(state);
  }

  #header(state) {
    const found = new Map();
    for (const char of nextChars(this.#headerLines(state), state.text)) {
      const text = state.text + char;
      found.set(char, char === "\n" ? afterHeaderLine(state.bar, text) : { ...state, text });
    }
    return found;
  }

  #headerLines({ phase, bar }) {
    const lines = (letter, values) => values.map((value) => `${letter}:${value}\n`);
    if (phase === "key") return lines("K", this.fields.keys);
    if (phase === "unit") return lines("L", this.fields.units({ barLength: bar.barLength, pickup: 0 }));
    const metres = lines("M", this.fields.metres({ unit: 0, pickup: 0 }));
    return phase === "metre" || !metres.length ? metres : [...lines("R", this.fields.rhythms), ...metres];
  }

  /** The start of a note, rest, chord, tuplet, or one of these fields. */
  #start(bar, fields) {
    return addAll(this.notes.beginNote(bar, fields), this.notes.beginTuplet(bar));
  }

  #bar(bar, text) {
    const found = this.#start(bar, bar.isFirstBar ? "" : bar.elapsed ? WITHIN_BAR : ANY_FIELD);
    if (text === "\n") {
      if (isAllClosed(bar)) found.set(END, METRE_START);
    } else if (!NO_LINE_END.includes(text)) {
      found.set("\n", metreState("bar", "\n", bar));
    }
    // A change of key may precede the sign that opens the section.
    if (text === "field" && bar.repeat <= 0 && bar.ending !== 1) found.set("|", metreState("opening", "|", bar));
    return found;
  }

  /** After a whole note, or a field, inside a bar. */
  #between(bar) {
    if (bar.tuplet) return this.notes.beginNote(bar, "");
    const found = new Map();
    if (bar.barLength === UNTIMED || bar.elapsed < bar.barLength) {
      addAll(found, this.#start(bar, "K")).set(" ", metreState("space", "", bar));
    }
    if (allowsBarLine(bar) || (allowsDoubleBar(bar) && bar.ending !== 1)) found.set("|", metreState("line", "|", bar));
    if (allowsRepeatEnd(bar)) found.set(":", metreState("line", ":", bar));
    if (allowsTuneEnd(bar) && isAllClosed(bar)) found.set("\n", metreState("over", "", bar));
    return found;
  }

  #sounding(state) {
    const found = this.notes.extend(state);
    const after = this.notes.after(state);
    return after ? addAll(found, this.#between(after)) : found;
  }

  #bracket(state) {
    const found = this.notes.chord(state);
    for (const letter of state.text) {
      if (this.#values(letter, state.bar).length) found.set(letter, metreState("field", letter, state.bar));
    }
    return found;
  }

  #values(letter, bar) {
    if (letter === "K") return this.fields.keys;
    return letter === "L" ? this.fields.units(bar) : this.fields.metres(bar);
  }

  #field(state) {
    const { text, bar } = state;
    const letter = text[0];
    const fields = this.#values(letter, bar).map((value) => `${letter}:${value}]`);
    const found = new Map();
    for (const char of nextChars(fields, text)) {
      found.set(char, char === "]" ? afterField(bar, letter, text.slice(2)) : { ...state, text: text + char });
    }
    return found;
  }

  #tuplet(state) {
    const fitting = this.notes.fittingTuplets(state.bar);
    const found = new Map();
    for (const char of nextChars([...fitting.keys()], state.text)) {
      if (char) found.set(char, { ...state, text: state.text + char });
    }
    const tuplet = fitting.get(state.text);
    return tuplet ? addAll(found, this.notes.beginNote({ ...state.bar, tuplet }, "")) : found;
  }

  #line({ text, bar }) {
    if (text === "|") return this.#afterBarChar(bar);
    if (text === ":|") return this.#afterRepeatChar(bar);
    const found = new Map([["|", metreState("line", ":|", bar)]]);
    return bar.ending === 1 ? found : found.set(":", metreState("bar", "::", afterRepeatEnd(bar, 2)));
  }

  /** After `|`: a bar line of its own if the bar is long enough, or the start of a longer one. */
  #afterBarChar(bar) {
    const found = allowsBarLine(bar) ? this.#bar(afterBarLine(bar), "|") : new Map();
    if (bar.ending === 1) return found;
    found.set("|", metreState("bar", "||", afterSection(bar)));
    found.set("]", metreState("bar", "|]", afterSection(bar)));
    if (this.hasEndings && isFull(bar) && bar.repeat !== AMBIGUOUS) {
      found.set("1", metreState("bar", "volta", { ...afterBarLine(bar), ending: 1 }));
    }
    return bar.repeat === 1 ? found : found.set(":", metreState("bar", "||:", afterSection(bar, true)));
  }

  /** After `:|`, which an ending may follow. */
  #afterRepeatChar(bar) {
    const found = bar.ending === 1 ? new Map() : this.#bar(afterRepeatEnd(bar), ":|");
    if (bar.ending < 1 || bar.ending >= LAST_ENDING) return found;
    const ending = bar.ending + 1;
    return found.set(String(ending), metreState("bar", "volta", { ...afterBarLine(bar), repeat: 0, ending }));
  }
}

function afterHeaderLine(bar, line) {
  const value = line.slice(2, -1);
  switch (line[0]) {
    case "R":
      return metreState("metre", "", bar);
    case "M":
      return metreState("unit", "", { ...bar, barLength: barTicksOf(value) });
    case "L":
      return metreState("key", "", { ...bar, unit: unitTicksOf(value) });
  }
  return metreState("body", "", bar);
}

function afterField(before, letter, value) {
  let bar = before;
  if (letter === "L") bar = { ...bar, unit: unitTicksOf(value) };
  if (letter === "M") bar = { ...bar, barLength: barTicksOf(value) };
  return bar.hasContent ? metreState("between", "", bar) : metreState("bar", "field", bar);
}
