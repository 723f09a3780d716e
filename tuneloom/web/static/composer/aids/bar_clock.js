// The time in the bar, and its place in the section. Times are in ticks, of which a unit note length has 48.

const TICKS = 48;
const MAX_TICKS = 2 ** 16 - 1;
const NO_METER = 2 * MAX_TICKS;
const PICKUPS = [0.75, 1.25, 1.75, 2.5, 3.5, 4.5].map((units) => units * TICKS);
const MAX_WRONG = 3;

/** To the nearest whole number, halves to the even one. */
function roundHalfEven(number) {
  const rounded = Math.round(number);
  return rounded - number === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

const kindOf = (ticks) => PICKUPS.filter((length) => length <= ticks).length;

class BarClock {
  ticks = 0; // the time in the bar
  barTicks = NO_METER;
  bar = 0; // full bars of the tune before this one
  sectionBar = 0;
  pickup = 0; // 0 in the first bar of a section, 1 if that was full, else 2 and more for how long it was
  lacking = 0; // 0 if the last bar was full or a pickup, else 1 and more for how much it lacked
  wrong = 0;
  #elapsed = 0; // the time in the bar, with fractions of ticks
  #begun = 0; // when the last note, rest or chord began
  #sounded = false; // whether one did in this bar
  #isShort = false; // whether the last bar is too short, and nothing has followed
  #meter = 0; // in whole notes; 0 without one
  #unit = 1 / 8;

  setMeter(length) {
    this.#meter = length;
    this.#setBarTicks();
  }

  setUnit(length) {
    this.#elapsed *= this.#unit / length;
    this.#unit = length;
    this.#setBarTicks();
  }

  #setBarTicks() {
    const ticks = Math.min(roundHalfEven((this.#meter / this.#unit) * TICKS), MAX_TICKS);
    this.barTicks = this.#meter ? ticks : NO_METER;
  }

  /** A note begins, or the last note now has this length. */
  advance(begins, lasts, length) {
    if (begins) this.#begun = this.#elapsed;
    if (lasts) this.#elapsed = this.#begun + length;
    this.#sounded ||= begins;
    if (begins) this.#followShortBar();
  }

  /** What the character is besides, as a state of the music says it. */
  handle({ event, division }) {
    if (event === "bar") this.#endBar();
    if (division && division !== "ending") {
      this.sectionBar = 0;
      this.pickup = 0;
    }
    if (division) this.#isShort = false;
    if (event === "bars") this.#restBar();
    if (event === "overlay") this.#elapsed = 0;
  }

  /** Whether the bar has less than half of its notes, and can be no pickup. */
  get isTooShort() {
    return this.ticks > 0 && this.pickup > 0 && this.barTicks < NO_METER && 2 * this.ticks < this.barTicks;
  }

  round() {
    this.ticks = roundHalfEven(Math.min(this.#elapsed, MAX_TICKS));
  }

  #endBar() {
    const { ticks, barTicks } = this;
    this.#elapsed = 0;
    if (!this.#sounded) return;
    this.#sounded = false;
    const isShort = ticks < barTicks && barTicks !== NO_METER;
    if (ticks > barTicks) this.#countWrong();
    this.lacking = 0;
    if (this.pickup === 0) {
      this.pickup = isShort ? 2 + kindOf(ticks) : 1;
      if (isShort) return;
    }
    if (isShort) this.lacking = 1 + kindOf(barTicks - ticks);
    this.#isShort = isShort;
    this.sectionBar++;
    this.bar++;
  }

  /** A rest of a whole bar, which is written in a bar of its own. */
  #restBar() {
    this.#followShortBar();
    this.#elapsed += this.barTicks === NO_METER ? 0 : this.barTicks;
    this.#sounded = true;
  }

  /** The music goes on after a bar that may have been too short. */
  #followShortBar() {
    if (this.#isShort) this.#countWrong();
    this.#isShort = false;
  }

  #countWrong() {
    this.wrong = Math.min(this.wrong + 1, MAX_WRONG);
  }
}
