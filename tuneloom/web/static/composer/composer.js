// A trained run that writes tunes, a character at a time: the same as `tuneloom generate` for the same settings.

const BOUNDARY = 0;

const DRAW_SETTINGS = Object.freeze({
  key: "", // as in K:, as are `meter` and `rhythm` in their fields; empty for any
  meter: "",
  rhythm: "",
  beginning: "", // music that the tune begins with, or a header and music
  kept: "", // bars that the tune is to have
  keptFrom: 0, // the number of the first of them, from 1
  temperature: 1,
  topP: 1,
  seed: 0,
  draw: 1, // the number of the tune among those of a seed
  constraint: "none",
});

class Composer {
  /** `data` is what `composer_data` in Python gives. */
  constructor(data) {
    this.vocabulary = [...data.vocabulary];
    this.headers = data.headers;
    this.inOneTonic = data.in_one_tonic;
    this.maxLength = data.max_length;
    this.aids = data.aids;
    this.network = new ComposingNetwork({ ...data.network, vocabularySize: this.vocabulary.length + 1 });
    this.tokens = new Map(this.vocabulary.map((char, index) => [char, index + 1]));
    this.constraints = {};
    this.data = data;
    this.promptsSeen = new Map();
  }

  /**
   * Yield the characters of a tune as the network writes them; `text` spells them in the tune's key.
   *
   * The settings are those of `DRAW_SETTINGS`. Returns whether the tune has ended by itself.
   */
  *draw(given) {
    const settings = { ...DRAW_SETTINGS, ...given };
    const mask = this.constraint(settings.constraint);
    const prompt = this.promptOf(settings, mask);
    const begin = (stream = 0) => {
      const writing = new Writing(this, settings, mask, stream);
      for (const token of prompt) writing.append(token);
      return writing;
    };
    const writing = settings.kept ? yield* this.around(settings, begin) : begin();
    yield* writing.text;
    while (writing.tokens.length < this.maxLength) {
      const token = writing.sample(writing.choices());
      if (token === BOUNDARY) return true;
      yield writing.append(token);
    }
    return false;
  }

  /** The tune up to the end of the kept bars; `begin(stream)` is a writing of its beginning. */
  around(settings, begin) {
    const kept = this.keptTokens(settings.kept, this.keyOf(settings));
    const chance = uniformPerDraw(settings.seed, settings.draw - 1, 1);
    return writeAround(kept, settings.keptFrom, begin, chance);
  }

  /** Bars in a key as the network writes them. */
  keptTokens(bars, key) {
    if (this.inOneTonic && !key) throw new Error("Choose a key for the kept bars.");
    const start = `K:${key}\n|`; // no sign goes over a bar line
    const characters = this.inOneTonic ? toOneTonic(start + bars).slice(start.length) : bars;
    this.checkKnown(characters);
    return [...characters].map((char) => this.tokens.get(char));
  }

  checkKnown(text) {
    const unknown = [...text].find((char) => !this.tokens.has(char));
    if (unknown) throw new Error(`The network has never read ${JSON.stringify(unknown)}.`);
  }

  /** Characters of the network as a tune, in `key` if the network has seen no tunes in that key. */
  text(characters, key = "") {
    return this.inOneTonic ? toOwnKey(characters, this.standIn(key) && key) : characters;
  }

  /** The constraint of a name, which masks tokens; null for `none`. */
  constraint(name) {
    if (name === "none") return null;
    this.constraints[name] ??= CONSTRAINTS[name](this.data, this.vocabulary);
    return this.constraints[name];
  }

  /**
   * What is known of the validity of a tune, given as the characters of the network. All that the constraint `metre`
   * accepts is metrical, but it does not accept all that is.
   */
  knownLevels(characters) {
    const isAccepted = (name) => accepts(this.constraint(name), [...characters].map((char) => this.tokens.get(char)));
    if (!isAccepted("syntax")) return { parseable: false };
    return isAccepted("metre") ? { parseable: true, metrical: true } : { parseable: true };
  }

  /** Quarter notes a minute at which a tune is usually played, or undefined. */
  tempoOf(text) {
    const { R = "", M = "" } = splitHeader(headerOf(text));
    return this.data.tempos[`${R}|${M}`];
  }

  /** The key to write a tune in, if the settings say one. */
  keyOf({ key, beginning }) {
    return headerKey(beginning) || key;
  }

  /** What a draw begins with: drawn by what the network gives each of those that are possible. */
  promptOf(settings, mask) {
    const { key, meter, rhythm, beginning, temperature, seed, draw } = settings;
    const memo = JSON.stringify([key, meter, rhythm, beginning, mask?.name, temperature]);
    if (!this.promptsSeen.has(memo)) {
      this.promptsSeen.set(memo, this.weighed(this.encoded(settings, mask), temperature));
    }
    const prompts = this.promptsSeen.get(memo);
    const chance = uniformPerDraw(seed, draw - 1);
    return (prompts.find(({ cumulative }) => cumulative > chance) ?? prompts.at(-1)).tokens;
  }

  /** The tokens that tunes with these settings may begin with. */
  encoded(settings, mask) {
    const texts = this.beginnings(settings).flatMap((text) => this.readings(text));
    const known = texts.filter((text) => [...text].every((char) => this.tokens.has(char)));
    if (!known.length) this.checkKnown(texts[0]);
    const prompts = known.map((text) => [...text].map((char) => this.tokens.get(char)));
    const isPossible = (tokens) => {
      const length = mask ? mask.minLength(tokens) : tokens.length + 1;
      return length !== null && length <= this.maxLength;
    };
    const possible = prompts.filter(isPossible);
    if (!possible.length) throw new Error(`No tune begins so${mask ? ` under the constraint ${mask.name}` : ""}.`);
    return possible;
  }

  /** Headers with the wanted fields, followed by the first bars; or a beginning with a header of its own. */
  beginnings({ key, meter, rhythm, beginning }) {
    if (headerKey(beginning)) return [beginning];
    if (beginning && !key) throw new Error("Choose a key for the first bars.");
    const wanted = Object.fromEntries(Object.entries({ R: rhythm, M: meter, K: key }).filter(([, value]) => value));
    const { beginnings, keys } = this.headers;
    const headers = { beginnings, keys: this.standIn(key) ? [...keys, key] : keys };
    return headerPrompts(headers, wanted).map((header) => header + beginning);
  }

  /** What texts of the network begin with that become tunes beginning with a text. */
  readings(text) {
    const key = headerKey(text);
    if (!this.inOneTonic || !key) return [text];
    // No sign goes over the end of a line, so what came before is the same whatever follows.
    const start = text.lastIndexOf("\n") + 1;
    const before = withKey(toOneTonic(text.slice(0, start)), this.standIn(key) || key);
    return lineReadings(text.slice(start), key, this.vocabulary).map((line) => before + line);
  }

  /** The key under which a tune is written in place of one that the network has not seen; empty for none. */
  standIn(key) {
    return this.inOneTonic ? standInFor(key, this.headers) : "";
  }

  /** Prompts, each with the probability of itself and those before it; so the fields before a wanted one fit it. */
  weighed(prompts, temperature) {
    if (prompts.length === 1) return [{ tokens: prompts[0], cumulative: 1 }];
    const found = prompts.map((tokens) => this.logProbability(tokens, temperature));
    const weights = found.map((logProbability) => Math.exp(logProbability - Math.max(...found)));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    return prompts.map((tokens, index) => ({ tokens, cumulative: Math.fround((sum += weights[index]) / whole) }));
  }

  logProbability(tokens, temperature) {
    const writing = new Writing(this, { temperature });
    let sum = 0;
    for (const token of tokens) {
      sum += writing.scores[token];
      writing.append(token);
    }
    return sum;
  }
}
