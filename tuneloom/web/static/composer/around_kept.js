// Bars that stay in the middle of a tune, while those before and after them are written anew.
//
// The network writes from left to right and does not see what is to come. So several beginnings are written, and one
// is chosen in proportion to how probable the kept bars are after it: sampling-importance-resampling (Rubin, 1988).

const BEGINNINGS = 8; // to choose from
const MOST_BEGINNINGS = 64; // that are tried, since not every one has a place for the bars
const LINE_SIGN = /[:|\]\s]/; // may go on a bar line, or stand between it and the bar

/**
 * Write the tune up to the end of the kept tokens, the first of them in the bar of this number. `start(stream)` is a
 * writing of the beginning that all have. Yields no characters, but may be left at each yield.
 */
function* writeAround(kept, number, start, chance) {
  const found = [];
  const [wanted, most] = number > 1 ? [BEGINNINGS, MOST_BEGINNINGS] : [1, 1];
  for (let stream = 0; stream < most && found.length < wanted; stream++) {
    const writing = start(stream);
    const logWeight = yield* writeBefore(writing, kept, number);
    if (logWeight > -Infinity) found.push({ writing, logWeight });
  }
  if (!found.length) {
    throw new Error(`These bars could not follow any of ${most} beginnings that the network wrote.`);
  }
  const largest = Math.max(...found.map(({ logWeight }) => logWeight));
  const weights = found.map(({ logWeight }) => Math.exp(logWeight - largest));
  let left = chance * weights.reduce((sum, weight) => sum + weight, 0);
  return (found.find((_, index) => (left -= weights[index]) < 0) ?? found.at(-1)).writing;
}

/**
 * Write bars up to the number, and then the kept tokens. Returns the logarithm of the weight: the probability that a
 * draw goes on with the kept tokens, over that of what was asked for here; -Infinity if they cannot be there.
 */
function* writeBefore(writing, kept, number) {
  let logWeight = number > 1 ? yield* writeBars(writing, kept.length, number) : 0;
  for (const token of kept) {
    yield "";
    const choices = writing.choices();
    if (!choices.includes(token)) return -Infinity;
    logWeight += writing.share([token], choices);
    writing.append(token);
  }
  const choices = writing.choices();
  writing.closeBarLine();
  return logWeight + writing.share(writing.choices(), choices);
}

/** Write bars until that of the number begins, with place for as many tokens as are `reserved`. */
function* writeBars(writing, reserved, number) {
  let logWeight = 0;
  const isMusic = (token) => !LINE_SIGN.test(writing.vocabulary[token - 1]);
  while (writing.tokens.length + reserved < writing.maxLength) {
    yield "";
    const choices = writing.choices(reserved);
    const going = choices.filter((token) => token !== BOUNDARY);
    if (!going.length) return -Infinity;
    logWeight += writing.share(going, choices); // the tune may not end yet
    const token = writing.sample(going);
    if (isMusic(token) && isBetweenBars(writing.text, number)) {
      return logWeight - writing.share(going.filter(isMusic), going); // nor the bar be another one
    }
    writing.append(token);
  }
  return -Infinity;
}

/** Whether a text is at the beginning of the bar of a number. */
function isBetweenBars(text, number) {
  const isAtLine = !text.slice(barLineEnds(text).at(-1) ?? 0).trim();
  return isAtLine && barSpans(text).length === number - 1;
}
