// Allows only tunes that parse, by the automaton of the grammar.
//
// A constraint has a name and, for a state of its own: `begin()`, the state before a tune; `advance(state, token)`;
// `allowed(state, remaining)`, a function that says whether a token may follow if the tune may still have so many
// tokens, the boundary included; and `minLength(tokens)` of a tune that begins so, or null if none does.

const NEVER = 2 ** 30;

/** Whether a constraint allows a whole tune. */
function accepts(constraint, tokens) {
  let state = constraint.begin();
  for (const token of tokens) {
    if (!constraint.allowed(state, Infinity)(token)) return false;
    state = constraint.advance(state, token);
  }
  return constraint.allowed(state, Infinity)(BOUNDARY);
}

class SyntaxConstraint {
  name = "syntax";

  constructor(table) {
    this.table = table;
    this.left = this.#tokensLeft();
  }

  /** For each state the fewest tokens to the end of the tune, boundary included. */
  #tokensLeft() {
    const { table } = this;
    const left = new Int32Array(table.states).fill(NEVER);
    for (const state of table.accepting) left[state] = 1;
    for (let hasChanged = true; hasChanged; ) {
      hasChanged = false;
      for (let place = 0; place < table.following.length; place++) {
        const after = table.following[place];
        const state = Math.floor(place / table.width);
        if (after === PACKED_DEAD || left[after] + 1 >= left[state]) continue;
        left[state] = left[after] + 1;
        hasChanged = true;
      }
    }
    return left;
  }

  begin() {
    return this.table.start;
  }

  advance(state, token) {
    return this.table.after(state, token);
  }

  allowed(state, remaining) {
    return (token) => {
      if (token === BOUNDARY) return this.table.accepting.has(state);
      const after = this.table.after(state, token);
      return after !== DEAD && 1 + this.left[after] <= remaining;
    };
  }

  minLength(tokens) {
    let state = this.begin();
    for (const token of tokens) {
      state = this.advance(state, token);
      if (state === DEAD) return null;
    }
    return this.left[state] < NEVER ? tokens.length + this.left[state] : null;
  }
}
