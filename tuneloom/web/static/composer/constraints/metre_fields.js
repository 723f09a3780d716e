// The values that fields may have, listed in full, so that each can be completed once it has begun.

const MAX_BAR = 4 * WHOLE_NOTE;
const METRES = ["none", ...[1, 2, 4, 8, 16].flatMap((unit) => upTo(16).map((beats) => `${beats}/${unit}`))];
const UNITS = ["1/1", "1/2", "1/4", "1/8", "1/16", "1/32"];
const KEYS = [
  "none",
  ...[..."ABCDEFG"].flatMap((letter) =>
    ["", "#", "b"].flatMap((sign) => ["", "m", "dor", "mix", "phr", "lyd", "loc"].map((mode) => letter + sign + mode)),
  ),
];

function upTo(count) {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** The length of a bar in ticks, or `UNTIMED`. */
function barTicksOf(metre) {
  return (meterLength(metre) ?? 0) * WHOLE_NOTE;
}

function unitTicksOf(unit) {
  return unitLength(unit) * WHOLE_NOTE;
}

/** The values that can be spelt with these characters; those of M: and L: depend on each other. */
class FieldValues {
  constructor(characters, lengths, rhythms) {
    const isSpelt = canSpell(characters);
    this.lengths = lengths;
    this.allUnits = UNITS.filter(isSpelt);
    this.allMetres = METRES.filter((metre) => isSpelt(metre) && barTicksOf(metre) <= MAX_BAR);
    this.keys = KEYS.filter((key) => isSpelt(key) && isUsualKey(key));
    this.rhythms = rhythms.filter(isSpelt);
    const key = ({ unit, barLength, pickup }) => `${unit},${barLength},${pickup}`;
    this.metres = memoized((given) => this.#metresFor(given), key);
    this.units = memoized((given) => this.#unitsFor(given), key);
  }

  /** The most characters that a bar, or what is left of one, can need. */
  maxFill() {
    const lengths = new Set(this.allMetres.map(barTicksOf));
    const fills = [...lengths].flatMap((bar) => this.allUnits.map((unit) => this.lengths.most(bar, unitTicksOf(unit))));
    return Math.max(0, ...fills);
  }

  /** The metres whose bars this unit note length (in ticks) can fill; with 0, any unit. */
  #metresFor({ unit, pickup }) {
    if (!unit) return this.allMetres.filter((metre) => this.units({ barLength: barTicksOf(metre), pickup: 0 }).length);
    return this.allMetres.filter((metre) => this.#fills(barTicksOf(metre), pickup, unit));
  }

  #unitsFor({ barLength, pickup }) {
    return this.allUnits.filter((unit) => this.#fills(barLength, pickup, unitTicksOf(unit)));
  }

  /** Whether notes of this unit can fill a bar, and the rest of one after the pickup. */
  #fills(barLength, pickup, unit) {
    const isFilled = barLength === UNTIMED || (pickup < barLength && this.lengths.fills(barLength, unit));
    return isFilled && this.lengths.fills(pickup, unit);
  }
}

/** Whether no letter is altered twice, as it would be in a key of eight sharps. */
function isUsualKey(key) {
  return Object.values(parseKey(key).alterations).every((alter) => Math.abs(alter) === 1);
}
