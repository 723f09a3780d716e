// The characters of notes, rests, chords, tuplets and broken rhythm that may come next.

const MARKS = "',";
const ACCIDENTAL_SIGNS = "^=_";
const ARROWS = "<>";

class NoteTransitions {
  constructor(characters, lengths) {
    this.lengths = lengths;
    this.tuplets = tupletSpellings().filter(([word]) => canSpell(characters)(word));
    this.hasChords = characters.has("]");
    this.tupletsAt = memoized(
      (room) => new Map(this.tuplets.filter(([, tuplet]) => this.lengths.opens(room, tuplet))),
      roomKey,
    );
  }

  /** The first characters of a note, rest or chord; a bracket may also open one of these fields. */
  beginNote(bar, fields) {
    if (!this.lengths.of(bar).size) return new Map();
    const found = this.letters(bar);
    addAll(found, mapOf(ACCIDENTAL_SIGNS, metreState("accidental", "", bar)));
    if (!bar.isTied) found.set("z", metreState("rest", "", withNoteBegun(bar)));
    if (this.hasChords) found.set("[", metreState("bracket", fields, bar));
    return found;
  }

  beginTuplet(bar) {
    return this.fittingTuplets(bar).size ? new Map([["(", metreState("tuplet", "(", bar)]]) : new Map();
  }

  /** The tuplets that can be completed here, with the bar after them. */
  fittingTuplets(bar) {
    if (bar.brokenFactor !== PLAIN) return new Map();
    // Only what is left of the bar matters.
    return this.tupletsAt({ ...BAR_START, barLength: bar.barLength - bar.elapsed, unit: bar.unit });
  }

  /** After an accidental; the ties say which two of them make a double one. */
  accidental(state) {
    return addAll(this.letters(state.bar), mapOf(ACCIDENTAL_SIGNS, state));
  }

  /** Inside brackets: notes without lengths of their own, so that all have the same. */
  chord(state) {
    const { bar } = state;
    const found = mapOf(NOTES, metreState("chord", "", withNoteBegun(bar, true)));
    addAll(found, mapOf(ACCIDENTAL_SIGNS, metreState("chord", "^", bar)));
    if (state.phase === "chord" && !state.text) {
      addAll(found, mapOf(MARKS, state));
      found.set("]", metreState("note", "", bar));
    }
    return found;
  }

  /** The characters that belong to the note or rest: octave marks, length, tie, arrows. */
  extend(state) {
    const found = new Map();
    const { phase, text, bar } = state;
    const isWhole = this.lengths.of(bar).has(text);
    if (phase !== "tie") {
      for (const char of this.lengths.nextChars(bar, text)) {
        if (char) found.set(char, { ...state, text: text + char });
      }
    }
    if (phase === "note") {
      if (!text) addAll(found, mapOf(MARKS, state));
      if (isWhole) found.set("-", metreState("tie", text, { ...bar, isTied: true }));
    }
    if (isWhole) {
      for (const arrow of ARROWS) {
        const after = metreState("arrow", text + arrow, bar);
        if (this.#afterArrow(after)) found.set(arrow, after);
      }
    }
    return found;
  }

  /** The state after a note or rest with the length so far; null if the length cannot end here. */
  after({ bar, text }) {
    if (!this.lengths.of(bar).has(text)) return null;
    if (!bar.tuplet) return afterTicks(bar, this.lengths.duration(text, bar.unit, bar.brokenFactor));
    const tuplet = withNote(bar.tuplet, this.lengths.eighths.get(text));
    return tuplet.left ? { ...bar, tuplet } : afterTicks(bar, openTupletTicks(tuplet, bar.unit));
  }

  arrow(state) {
    const found = this.beginNote(this.#afterArrow(state), "");
    const arrow = state.text.at(-1);
    const more = { ...state, text: state.text + arrow };
    return this.#afterArrow(more) ? found.set(arrow, more) : found;
  }

  /** The state after the arrows, which change the next note; null if no such note fits. */
  #afterArrow({ bar, text }) {
    const [, word, arrows] = /^(.*?)([<>]+)$/.exec(text);
    if (bar.tuplet || arrows.length > MAX_ARROWS) return null;
    const [top, bottom] = bar.brokenFactor.split("/").map(Number);
    const parts = 2 ** arrows.length;
    const [own, next] = arrows[0] === ">" ? [2 * parts - 1, 1] : [1, 2 * parts - 1];
    const time = this.lengths.duration(word, bar.unit, `${top * own}/${bottom * parts}`);
    if (time === null || (bar.barLength !== UNTIMED && bar.elapsed + time >= bar.barLength)) return null;
    const after = { ...afterTicks(bar, time), brokenFactor: `${next}/${parts}` };
    return this.lengths.of(after).size ? after : null;
  }

  letters(bar) {
    return mapOf(NOTES, metreState("note", "", withNoteBegun(bar, true)));
  }
}

/** The state once a note or rest has begun. */
function withNoteBegun(bar, sounds = false) {
  return {
    ...bar,
    hasContent: true,
    repeat: Math.min(bar.repeat, 1),
    hasNote: bar.hasNote || sounds,
    isTied: bar.isTied && !sounds,
  };
}

function afterTicks(bar, time) {
  const elapsed = bar.barLength === UNTIMED ? 0 : bar.elapsed + time;
  return { ...bar, elapsed, brokenFactor: PLAIN, tuplet: null };
}

/** `(3`, as everybody writes it, and the others with all three numbers. */
function tupletSpellings() {
  const tuplet = (p, q, left) => ({ p, q, left, eighths: 0 });
  const found = [["(3", tuplet(3, 2, 3)], ...[2, 4, 5, 6].map((r) => [`(3:2:${r}`, tuplet(3, 2, r)])];
  for (let p = 2; p < 10; p++) {
    for (let q = 2; q < 10; q++) {
      if (p !== 3 || q !== 2) found.push([`(${p}:${q}:${p}`, tuplet(p, q, p)]);
    }
  }
  return found;
}
