// A short way to the end of a tune: the bar is filled with few notes, then whatever is open is closed.

class ShortestEnding {
  constructor(transitions) {
    this.lengths = transitions.lengths;
    this.notes = transitions.notes;
  }

  /** The character to write on the way, one of `successors`. */
  next(state, successors) {
    if (successors.has(END)) return END;
    const any = successors.keys().next().value;
    switch (state.phase) {
      case "note":
      case "rest":
      case "tie":
        return this.#afterNote(state, successors);
      case "tuplet":
        return firstOf(successors, NOTES) ?? any;
      case "chord":
        if (!state.text) return "]";
        break;
      case "between":
        return this.#between(state.bar, successors);
    }
    if (HEADER_PHASES.includes(state.phase) || state.phase === "field") return any; // the shortest value
    return firstOf(successors, preferredChars(state));
  }

  /** The rest of the length that leaves the fewest characters to write, then what follows it. */
  #afterNote(state, successors) {
    const begun = state.text;
    const best = state.phase === "tie" ? begun : this.#best(state.bar, begun);
    if (best !== begun) return best[begun.length];
    const after = this.notes.after(state);
    return after ? this.#between(after, successors) : firstOf(successors, NOTES);
  }

  /** The length that fills the bar with the fewest characters, or fills it up to the pickup. */
  #best(bar, begun) {
    if (bar.repeatsPickup && bar.elapsed < bar.barLength - bar.pickup) {
      const short = { ...bar, barLength: bar.barLength - bar.pickup };
      if ([...this.lengths.of(short).keys()].some((word) => word.startsWith(begun))) {
        return this.lengths.best(short, begun);
      }
    }
    return this.lengths.best(bar, begun);
  }

  #between(bar, successors) {
    const end = bar.repeat === 1 || bar.ending === 1 ? ":" : "\n";
    if (successors.has(end)) return end;
    return isFull(bar) ? "|" : firstOf(successors, NOTES);
  }
}

function firstOf(successors, preferred) {
  return [...preferred].find((char) => successors.has(char));
}

/** Characters in order of preference, where the content of the bar does not matter. */
function preferredChars({ phase, text, bar }) {
  if (phase === "opening") return ":";
  if (phase !== "line") return isAllClosed(bar) ? "\n" + NOTES : NOTES;
  if (text === ":") return "|";
  return text === ":|" || (isFull(bar) && isAllClosed(bar)) ? "2\n" + NOTES : NOTES + "|";
}
