// From logits to a token: temperature, nucleus and noise, in this order.

/** The log-probabilities of tokens at a temperature. */
function logProbs(logits, temperature) {
  const scaled = Float64Array.from(logits, (logit) => logit / temperature);
  const largest = Math.max(...scaled);
  let sum = 0;
  for (const value of scaled) sum += Math.exp(value - largest);
  const shift = largest + Math.log(sum);
  return scaled.map((value) => value - shift);
}

/**
 * One of the tokens that may be sampled, by adding Gumbel noise to their log-probabilities.
 * The nucleus is that of all tokens; if none of those that may be sampled is in it, any of them may be.
 */
function sampleToken(scores, noise, tokens, topP) {
  const nucleus = topP < 1 ? nucleusOf(scores, topP) : null;
  const both = nucleus ? tokens.filter((token) => nucleus.has(token)) : tokens;
  let best = -1;
  for (const token of both.length ? both : tokens) {
    if (best < 0 || scores[token] + noise[token] > scores[best] + noise[best]) best = token;
  }
  return best;
}

/** The tokens for which those more likely have less than `topP` in total. */
function nucleusOf(scores, topP) {
  const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
  const nucleus = new Set();
  let before = 0; // the probability of tokens that are more likely than this one
  let equal = 0; // and of those that are as likely
  order.forEach((token, place) => {
    if (place && scores[token] < scores[order[place - 1]]) {
      before += equal;
      equal = 0;
    }
    equal += Math.exp(scores[token]);
    if (before < topP) nucleus.add(token);
  });
  return nucleus;
}
