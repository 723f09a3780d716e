// The note lengths that a vocabulary can spell, and which of them leave a bar that can still be filled.
//
// Lengths are counted in eighths of a unit note length, and only written canonically (`/`, not `1/2`).

const GRAIN = 8;
const MAX_UNITS = 64;
const MAX_NUMERATOR = 15;
const MAX_EIGHTHS = 4 * 32 * GRAIN; // the longest bar, in the shortest unit note length
const IN_TUPLETS = new Set([2, 4, 6, 8, 12, 16, 24, 32]);
const MAX_TUPLET_NOTES = 9;
const UNFILLABLE = 10 ** 6;

const canSpell = (characters) => (word) => [...word].every((char) => characters.has(char));

class NoteLengths {
  constructor(characters) {
    this.eighths = new Map(lengthSpellings().filter(([word]) => canSpell(characters)(word)));
    this.inTuplets = new Map([...this.eighths].filter(([, eighths]) => IN_TUPLETS.has(eighths)));
    this.costs = costsOf(this.eighths);
    this.sums = sumsOf(this.inTuplets);
    this.leastInTuplet = this.inTuplets.size ? Math.min(...this.inTuplets.values()) : 0;
    this.of = memoized((bar) => this.#fitting(bar), roomKey);
  }

  /** The characters needed to fill so many ticks with notes. */
  cost(time, unit) {
    const eighths = (time * GRAIN) / unit;
    return Number.isInteger(eighths) && eighths >= 0 && eighths <= MAX_EIGHTHS ? this.costs[eighths] : UNFILLABLE;
  }

  fills(time, unit) {
    return this.cost(time, unit) < UNFILLABLE;
  }

  /** The characters that continue a length of which `begun` is written. */
  nextChars(bar, begun) {
    return nextChars([...this.of(bar).keys()], begun);
  }

  /** The length, starting with `begun`, that fills the bar with the fewest characters. */
  best(bar, begun) {
    const longer = [...this.of(bar)].filter(([word]) => word.startsWith(begun));
    const rank = ([word, cost]) => [word.length + cost, word.length];
    longer.sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1] || (a[0] < b[0] ? -1 : 1));
    return longer[0][0];
  }

  /** The most characters that any fillable part of a bar needs. */
  most(barLength, unit) {
    const parts = this.costs.slice(0, Math.floor((barLength * GRAIN) / unit) + 1);
    return parts.reduce((most, cost) => (cost < UNFILLABLE ? Math.max(most, cost) : most), 0);
  }

  /** A length in ticks; null if it is not a whole number of ticks. */
  duration(word, unit, factor = PLAIN) {
    const [top, bottom] = factor.split("/").map(Number);
    return wholeOrNull(this.eighths.get(word) * unit * top, GRAIN * bottom);
  }

  /** Whether the tuplet can be completed, and the bar after it. */
  opens(bar, tuplet) {
    const left = remainingTicks(bar);
    const least = tuplet.left * this.leastInTuplet;
    if (left >= 0 && least * bar.unit * tuplet.q > left * GRAIN * tuplet.p) return false;
    return this.#tail(left, bar.unit, tuplet, () => 0) < UNFILLABLE;
  }

  /** The lengths that the next note may have, with the characters needed to fill the bar after each. */
  #fitting(bar) {
    const left = remainingTicks(bar);
    const { unit, brokenFactor, tuplet } = bar;
    const lengths = tuplet ? this.inTuplets : this.eighths;
    const costs = [...lengths].map(([word, eighths]) => {
      if (tuplet) return [word, this.#tail(left, unit, withNote(tuplet, eighths), (cost) => cost)];
      const time = this.duration(word, unit, brokenFactor);
      return [word, time === null ? UNFILLABLE : this.#rest(left, time, unit)];
    });
    return new Map(costs.filter(([, cost]) => cost < UNFILLABLE));
  }

  #rest(left, time, unit) {
    return left < 0 ? 0 : this.cost(left - time, unit);
  }

  /** The fewest characters that complete the tuplet and then the bar. */
  #tail(left, unit, tuplet, costOfNotes) {
    let least = UNFILLABLE;
    for (const [eighths, cost] of this.sums[tuplet.left]) {
      const time = openTupletTicks(tuplet, unit, eighths);
      if (time !== null) least = Math.min(least, costOfNotes(cost) + this.#rest(left, time, unit));
    }
    return least;
  }
}

function wholeOrNull(top, bottom) {
  return top % bottom === 0 ? top / bottom : null;
}

/** The ticks missing from the bar; negative in free metre. */
function remainingTicks(bar) {
  return bar.barLength === UNTIMED ? -1 : bar.barLength - bar.elapsed;
}

/** What the lengths of the next note depend on. */
function roomKey(bar) {
  const { p, q, left, eighths } = bar.tuplet ?? {};
  return [remainingTicks(bar), bar.unit, bar.brokenFactor, p, q, left, eighths].join();
}

/** The duration of a tuplet, with `more` eighths to come; null if it is not a whole number of ticks. */
function openTupletTicks(tuplet, unit, more = 0) {
  return wholeOrNull((tuplet.eighths + more) * unit * tuplet.q, GRAIN * tuplet.p);
}

function withNote(tuplet, eighths) {
  return { ...tuplet, left: tuplet.left - 1, eighths: tuplet.eighths + eighths };
}

/** Every length: its canonical spelling and its eighths. */
function lengthSpellings() {
  const found = [["", GRAIN]];
  for (let n = 2; n <= MAX_UNITS; n++) found.push([String(n), n * GRAIN]);
  for (const denominator of [2, 4, 8]) {
    for (let numerator = 1; numerator <= MAX_NUMERATOR; numerator += 2) {
      const top = numerator > 1 ? numerator : "";
      const bottom = numerator === 1 && denominator === 2 ? "" : denominator;
      found.push([`${top}/${bottom}`, (numerator * GRAIN) / denominator]);
    }
  }
  return found;
}

/** For each number of eighths, the fewest characters of notes that add up to it. */
function costsOf(eighthsOf) {
  const costs = new Array(MAX_EIGHTHS + 1).fill(UNFILLABLE);
  costs[0] = 0;
  for (let total = 1; total <= MAX_EIGHTHS; total++) {
    for (const [word, eighths] of eighthsOf) {
      if (eighths <= total) costs[total] = Math.min(costs[total], word.length + 1 + costs[total - eighths]);
    }
  }
  return costs;
}

/** For each number of notes, the sums of their lengths with the fewest characters for each. */
function sumsOf(eighthsOf) {
  const sums = [new Map([[0, 0]])];
  for (let notes = 0; notes < MAX_TUPLET_NOTES; notes++) {
    const longer = new Map();
    for (const [total, cost] of sums.at(-1)) {
      for (const [word, eighths] of eighthsOf) {
        const added = cost + 1 + word.length;
        longer.set(total + eighths, Math.min(longer.get(total + eighths) ?? UNFILLABLE, added));
      }
    }
    sums.push(longer);
  }
  return sums;
}

/** The characters that may follow `begun` in one of the words, that of the shortest word first; END completes one. */
function nextChars(words, begun) {
  const longer = words.filter((word) => word.startsWith(begun));
  longer.sort((a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0));
  return new Set(longer.map((word) => word.slice(begun.length, begun.length + 1)));
}
