// Allows only tunes whose bars all have the right length.
//
// It is the product of three automata, which all have to allow a character: that of the grammar, that of the bars
// and that of the ties. docs/sampling.md says what it promises.

const BESIDES_BARS = 96; // with the notes of four bars, an upper bound of the way to the end

class MetreConstraint {
  name = "metre";

  constructor(table, vocabulary, rhythms) {
    this.table = table;
    this.vocabulary = vocabulary;
    this.bars = new BarTransitions(new Set(vocabulary), rhythms);
    this.ending = new ShortestEnding(this.bars);
    this.distances = new Map();
    this.furthest = BESIDES_BARS + 4 * this.bars.fields.maxFill();
  }

  begin() {
    return this.#state(METRE_START, TIE_START, this.table.start);
  }

  advance(state, token) {
    const char = this.vocabulary[token - 1];
    return this.#state(state.following.get(char), afterTieChar(state.tie, char), this.table.after(state.syntax, token));
  }

  allowed(state, remaining) {
    const isNear = remaining - 1 <= this.furthest;
    return (token) => {
      const char = token === BOUNDARY ? END : this.vocabulary[token - 1];
      const bar = state.following.get(char);
      const tie = afterTieChar(state.tie, char);
      if (bar === undefined || tie === null) return false;
      if (char === END) return this.table.accepting.has(state.syntax);
      if (this.table.after(state.syntax, token) === DEAD) return false;
      return !isNear || this.#toEnd(bar) + pendingChars(tie) < remaining - 1;
    };
  }

  minLength(tokens) {
    let state = this.begin();
    for (const token of tokens) {
      if (!this.allowed(state, Infinity)(token)) return null;
      state = this.advance(state, token);
    }
    return tokens.length + this.#toEnd(state.bar) + pendingChars(state.tie) + 1;
  }

  #state(bar, tie, syntax) {
    return { bar, tie, syntax, following: this.bars.of(bar) };
  }

  /** An upper bound of the characters to the end, ties aside. */
  #toEnd(bar) {
    const way = []; // to a state of known distance
    let state = bar;
    let far;
    for (;;) {
      const key = JSON.stringify(state);
      far = this.distances.get(key);
      if (far !== undefined) break;
      way.push(key);
      const successors = this.bars.of(state);
      const char = this.ending.next(state, successors);
      far = -1;
      if (char === END) break;
      state = successors.get(char);
      if (!state || way.length > this.furthest) throw new Error("The network's characters cannot write a whole tune.");
    }
    for (const key of way.reverse()) this.distances.set(key, ++far);
    return far;
  }
}

const CONSTRAINTS = {
  syntax: ({ constraints }) => new SyntaxConstraint(new TokenTable(constraints.syntax)),
  metre: ({ constraints }, vocabulary) =>
    new MetreConstraint(new TokenTable(constraints.grammar), vocabulary, constraints.rhythms),
};
