// The pitch of the last note, relative to the tonic.

const NO_INTERVAL = 12;
const NO_NOTE = -128;
const SEMITONES = [0, 2, 4, 5, 7, 9, 11]; // of the letters above C
const MAX_STEPS = 100;

class LastPitch {
  interval = NO_INTERVAL; // in semitones above the tonic, octaves aside
  height = NO_NOTE; // in steps of the scale
  #tonicStep;
  #tonic;
  #inKey; // the interval of each letter above the tonic
  #inBar;

  constructor() {
    this.setKey({ step: 0, semitones: 0, alterations: Array(LETTERS.length).fill(0) });
  }

  /** The key changes, which ends the accidentals of the bar. */
  setKey({ step, semitones, alterations }) {
    this.#tonicStep = step;
    this.#tonic = semitones;
    this.#inKey = SEMITONES.map((natural, letter) => modulo(natural + alterations[letter] - semitones, 12));
    this.endBar();
  }

  endBar() {
    this.#inBar = [...this.#inKey];
  }

  /** A note has an accidental, which holds for its letter in all octaves until the bar ends. */
  alter(letter, semitones) {
    const step = LETTERS.indexOf(letter.toUpperCase());
    this.#inBar[step] = modulo(SEMITONES[step] + semitones - this.#tonic, 12);
  }

  sound(letter) {
    this.interval = this.#inBar[LETTERS.indexOf(letter.toUpperCase())];
    this.height = degreeOf(letter) - degreeOf("C") - this.#tonicStep;
  }

  shiftOctave(mark) {
    const height = this.height + (mark === "'" ? 7 : -7);
    this.height = Math.max(-MAX_STEPS, Math.min(MAX_STEPS, height));
  }
}
