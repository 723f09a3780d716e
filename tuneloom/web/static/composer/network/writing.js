// A tune as it is written: what the network, its aids and the constraint make of the tokens so far.

const STREAM = 2 ** 20; // steps of noise between two streams, more than a tune has
const GOES_ON_BAR_LINE = /[:|\]]/;

class Writing {
  /** `mask` is a constraint or null. Writings of one draw with another `stream` have noise of their own. */
  constructor(composer, { temperature, topP = 1, seed = 0, draw = 1 }, mask = null, stream = 0) {
    const { aids, vocabulary, inOneTonic, maxLength, network } = composer;
    Object.assign(this, { vocabulary, maxLength, network, temperature, topP, seed, mask });
    this.number = draw - 1;
    this.firstStep = stream * STREAM;
    this.reader = new AidReader(aids, vocabulary, inOneTonic);
    this.state = network.begin();
    this.maskState = mask?.begin();
    this.tokens = [];
    this.text = "";
    this.#read(BOUNDARY);
  }

  /** Write a token that is not the boundary; returns its character. */
  append(token) {
    const char = this.vocabulary[token - 1];
    this.tokens.push(token);
    this.text += char;
    this.maskState = this.mask?.advance(this.maskState, token);
    this.#read(token);
    return char;
  }

  /** The tokens that may come next, if as many as `reserved` are to be written besides. */
  choices(reserved = 0) {
    const tokens = Array.from(this.scores.keys());
    const remaining = this.maxLength - this.tokens.length - reserved;
    const allowed = this.mask ? tokens.filter(this.mask.allowed(this.maskState, remaining)) : tokens;
    if (this.tokens.length !== this.closedAt) return allowed;
    return allowed.filter((token) => token === BOUNDARY || !GOES_ON_BAR_LINE.test(this.vocabulary[token - 1]));
  }

  /** Let the bar line that was just written stay as it is: no character may go on with it. */
  closeBarLine() {
    this.closedAt = this.tokens.length;
  }

  /** One of some tokens, as the network and the noise of this step have it. */
  sample(tokens) {
    const noise = gumbelNoise(this.seed, this.number, this.firstStep + this.tokens.length, this.scores.length);
    return sampleToken(this.scores, noise, tokens, this.topP);
  }

  /** The logarithm of the probability that the network gives to some tokens out of others. */
  share(some, others) {
    const sum = (tokens) => tokens.reduce((whole, token) => whole + Math.exp(this.scores[token]), 0);
    return Math.log(sum(some) / sum(others));
  }

  #read(token) {
    this.scores = logProbs(this.network.step(this.state, token, this.reader.advance(token)), this.temperature);
  }
}
