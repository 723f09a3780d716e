// Where the music was the same before, and for how many characters.

const MAX_LAG = 4096;

class Matches {
  tokens = []; // of the music, from the line feed after K: on
  #runs = new Uint16Array(256); // by lag, from 1 on: how long the match with so many characters ago is
  #known = 0;

  /** One more character of the music. */
  advance(token) {
    const lags = Math.min(this.tokens.length, MAX_LAG);
    if (lags > this.#runs.length) this.#allocate(2 * this.#runs.length);
    const last = this.tokens.length - 1;
    for (let lag = 0; lag < lags; lag++) {
      this.#runs[lag] = this.tokens[last - lag] === token ? this.#runs[lag] + 1 : 0;
    }
    this.#known = lags;
    this.tokens.push(token);
  }

  /**
   * What followed the last match of at least so many characters, for each of `least`: {token, run} with zeros if
   * there is none. `among(place)` says whether a match with the music that ended at a place counts.
   */
  latest(least, among = () => true) {
    const found = least.map(() => ({ token: 0, run: 0 }));
    let missing = least.length;
    const last = this.tokens.length - 1;
    const shortest = Math.min(...least);
    for (let lag = 0; lag < this.#known && missing; lag++) {
      const run = this.#runs[lag];
      if (run < shortest || !among(last - lag - 1)) continue;
      least.forEach((length, pointer) => {
        if (run < length || found[pointer].run) return;
        found[pointer] = { token: this.tokens[last - lag], run };
        missing--;
      });
    }
    return found;
  }

  #allocate(capacity) {
    const runs = new Uint16Array(capacity);
    runs.set(this.#runs);
    this.#runs = runs;
  }
}
