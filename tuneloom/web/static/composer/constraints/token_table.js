// A finite automaton over tokens, as `tables.py` packs it: tokens that no state tells apart share a column.

const DEAD = -1;
const PACKED_DEAD = 2 ** 16 - 1;

class TokenTable {
  constructor({ columns, following, accepting, start }) {
    this.columns = unpackIntegers(columns); // the column of each token but the boundary
    this.width = Math.max(...this.columns) + 1;
    this.following = unpackIntegers(following);
    this.accepting = new Set(unpackIntegers(accepting));
    this.states = this.following.length / this.width;
    this.start = start;
  }

  /** The state after a token that is no boundary, or `DEAD`. */
  after(state, token) {
    const after = this.following[state * this.width + this.columns[token - 1]];
    return after === PACKED_DEAD ? DEAD : after;
  }
}
