// The aids of a network, by name; model/aids/kinds has their definitions.
//
// An aid is an object with `begin()` and `write(tune, columns)`, which adds its features, candidates and runs.

const MAX_HITS = 29;
const FIRST_RUN = 2; // the run of a candidate of `parallel` before which none was right
const LONGEST = 67; // times of the clock are in quarters of a unit note length, up to this
const NO_HEIGHT = 31;
const LINE_FEED = "\n";

class Echo {
  begin() {}

  write(tune, columns) {
    addPointers(columns, tune.matches.latest([3, 5, 8]));
  }
}

class PhaseEcho {
  begin() {
    this.times = []; // for each character of the music
  }

  write(tune, columns) {
    if (!tune.isInBody) return addPointers(columns, tune.matches.latest([2, 4, 8]));
    const { ticks } = tune.clock;
    addPointers(columns, tune.matches.latest([2, 4, 8], (place) => this.times[place] === ticks));
    this.times.push(ticks);
  }
}

class Parallel {
  begin() {
    this.places = new Map(); // the number of the last character at each place
    this.candidates = [0, 0];
    this.hits = [0, 0];
  }

  write(tune, columns) {
    const { tokens } = tune.matches;
    const now = tokens.length - 1;
    this.hits = this.hits.map((hits, pointer) =>
      now >= 0 && this.candidates[pointer] === tokens[now] ? Math.min(hits + 1, MAX_HITS) : 0,
    );
    const { bar, ticks } = tune.clock;
    const placeOf = (barNumber) => (barNumber * 2 ** 16 + ticks) * 4 + tune.placeClass;
    const found = [4, 8].map((ago, pointer) => {
      const place = tune.isInBody ? this.places.get(placeOf(bar - ago)) : undefined;
      const isKnown = place !== undefined && now - place <= MAX_LAG;
      return isKnown ? { token: tokens[place + 1], run: this.hits[pointer] + FIRST_RUN } : { token: 0, run: 0 };
    });
    this.candidates = found.map(({ token }) => token);
    if (tune.isInBody) this.places.set(placeOf(bar), now);
    addPointers(columns, found);
  }
}

class Clock {
  begin() {}

  write({ clock }, columns) {
    const quarters = (ticks) => Math.min(roundHalfEven(ticks / (TICKS / 4)), LONGEST);
    const left = clock.barTicks - clock.ticks;
    const quartersLeft = left < 0 ? LONGEST + 2 : left >= MAX_TICKS ? LONGEST + 1 : quarters(left);
    columns.features.push(quarters(clock.ticks), quartersLeft, clock.sectionBar & 7, clock.pickup, clock.wrong);
  }
}

class Tonic {
  begin() {}

  write({ pitch }, columns) {
    const height = Math.max(0, Math.min(NO_HEIGHT - 1, pitch.height + 10));
    columns.features.push(pitch.interval, pitch.height === NO_NOTE ? NO_HEIGHT : height);
  }
}

class Sections {
  begin() {
    this.repeat = 0; // 0 before the first, 1 in an open one, 2 after one
    this.ending = 0;
  }

  write({ state, char }, columns) {
    const { division } = state;
    if (division === "ending") this.ending = Math.min(Number(char), 3);
    else if (division) this.ending = 0;
    if (division === "repeat end") this.repeat = 2;
    if (division === "repeat") this.repeat = 1;
    columns.features.push(this.repeat, this.ending);
  }
}

class LineBars {
  begin() {
    this.before = 0; // the bars of the tune before this line
  }

  write({ clock, char }, columns) {
    if (char === LINE_FEED) this.before = clock.bar;
    columns.features.push((clock.bar - this.before) & 7);
  }
}

class Ties {
  begin() {}

  write(tune, columns) {
    const { isTied, isRest, length } = tune.state;
    columns.features.push(isTied ? 3 : !length ? 0 : isRest ? 1 : 2);
    const run = [5, 3, 1][tune.placeClass - 1]; // after a bar line, a blank, any other
    addPointers(columns, [isTied ? { token: tune.letter, run } : { token: 0, run: 0 }]);
  }
}

class Place {
  begin() {}

  write({ state }, columns) {
    columns.features.push(placeOf(state));
  }
}

class LastBar {
  begin() {}

  write({ clock }, columns) {
    columns.features.push(clock.lacking);
  }
}

/** Whether the tune is metrical: the composer asks for nothing else. */
class LevelAsked {
  begin() {}

  write({ char }, columns) {
    columns.features.push(char === null ? 0 : 1);
  }
}

const AIDS = {
  echo: Echo,
  "phase-echo": PhaseEcho,
  parallel: Parallel,
  clock: Clock,
  tonic: Tonic,
  sections: Sections,
  "line-bars": LineBars,
  ties: Ties,
  place: Place,
  "last-bar": LastBar,
  level: LevelAsked,
};

const RUN_BUCKET_STARTS = [1, 3, 4, 5, 7, 10, 15, 23, 31];

function addPointers(columns, found) {
  for (const { token, run } of found) {
    columns.candidates.push(token);
    columns.runs.push(RUN_BUCKET_STARTS.filter((start) => start <= run).length);
  }
}

/** Reads a tune token by token and says after each what follows from its text. */
class AidReader {
  constructor(names, vocabulary, inOneTonic) {
    this.vocabulary = vocabulary;
    this.aids = names.map((name) => new AIDS[name]());
    this.tune = this.aids.length ? new TuneReader(inOneTonic) : null;
  }

  /** The columns after a token: {features, candidates, runs}; a boundary, 0, begins a tune. */
  advance(token) {
    const columns = { features: [], candidates: [], runs: [] };
    if (!this.tune) return columns;
    if (token === 0) {
      this.tune.begin();
      for (const aid of this.aids) aid.begin();
    } else {
      this.tune.advance(token, this.vocabulary[token - 1]);
    }
    for (const aid of this.aids) aid.write(this.tune, columns);
    if (this.tune.clock.isTooShort) this.#silencePointers(columns);
    return columns;
  }

  /** Drop the candidates that would end a bar too soon, as after what began as a pickup did. */
  #silencePointers({ candidates, runs }) {
    candidates.forEach((token, pointer) => {
      if (token && "|:".includes(this.vocabulary[token - 1])) candidates[pointer] = runs[pointer] = 0;
    });
  }
}
