// What is known of a tune after each of its characters; `null` in place of a character begins one.

class TuneReader {
  /** `inOneTonic` says that the music is written in C, whatever key the header has. */
  constructor(inOneTonic) {
    this.inOneTonic = inOneTonic;
    this.begin();
  }

  begin() {
    this.char = null;
    this.state = MUSIC_START;
    this.clock = new BarClock();
    this.pitch = new LastPitch();
    this.matches = new Matches();
    this.isInBody = false;
    this.letter = 0; // the token of the last note
  }

  advance(token, char) {
    const wasInBody = this.isInBody;
    this.char = char;
    this.state = follow(this.state, char);
    const { event, accidental } = this.state;
    const isNote = event === "note" || event === "inner";
    this.isInBody = this.state.mode !== "header";
    const lasts = this.state.length !== "";
    this.clock.advance(event === "note" || event === "rest", lasts, lasts ? lengthOf(this.state) * TICKS : 0);
    this.clock.handle(this.state);
    if (event === "bar" || event === "overlay") this.pitch.endBar();
    if (event === "octave") this.pitch.shiftOctave(char);
    if (event === "field") this.#setField(wasInBody);
    if (isNote && accidental !== null) this.pitch.alter(char, accidental);
    this.clock.round();
    if (isNote) {
      this.letter = token;
      this.pitch.sound(char);
    }
    if (this.isInBody) this.matches.advance(token);
  }

  /** The class of the character: nothing has sounded since a bar line; else a blank; else others. */
  get placeClass() {
    if (this.state.atBarLine) return 1;
    return this.state.isBlank ? 2 : 3;
  }

  #setField(wasInBody) {
    const { field } = this.state;
    const value = field.slice(2).trim();
    const set = (found, to) => found !== null && to(found);
    switch (field.slice(0, 2)) {
      case "M:":
        return set(meterLength(value), (length) => this.clock.setMeter(length));
      case "L:":
        return set(unitLength(value), (length) => this.clock.setUnit(length));
      case "K:":
        return set(keyPitches(this.inOneTonic && !wasInBody ? oneTonicKey(value) : value), (key) =>
          this.pitch.setKey(key),
        );
    }
  }
}
