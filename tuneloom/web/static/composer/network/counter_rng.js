// Random numbers that depend only on seed, draw and step: Threefry-2x32 with 20 rounds (Salmon et al., 2011).

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];
const PARITY = 0x1bd11bda;
const DRAW_STEP = 2 ** 32 - 1; // a step that no tune reaches, for the number that is drawn once for each tune
const VECTOR = 16;

/** Two words of 32 random bits for a key and a counter of two words each. */
function threefry(key, counter) {
  const keys = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
  let x = (counter[0] + keys[0]) | 0;
  let y = (counter[1] + keys[1]) | 0;
  for (let group = 0; group < 5; group++) {
    for (let round = 0; round < 4; round++) {
      const bits = ROTATIONS[4 * (group % 2) + round];
      x = (x + y) | 0;
      y = ((y << bits) | (y >>> (32 - bits))) ^ x;
    }
    x = (x + keys[(group + 1) % 3]) | 0;
    y = (y + keys[(group + 2) % 3] + group + 1) | 0;
  }
  return [x >>> 0, y >>> 0];
}

/** 23 of 32 bits as a number that is neither 0 nor 1, exact in float32. */
function unitInterval(bits) {
  return ((bits >>> 9) + 0.5) * 2 ** -23;
}

/** Standard Gumbel noise for a step of a draw: the largest sum of logit and noise is a sample. */
function gumbelNoise(seed, draw, step, width) {
  const pairs = Math.ceil(width / (2 * VECTOR)) * VECTOR;
  const noise = new Float64Array(2 * pairs);
  for (let pair = 0; pair < pairs; pair++) {
    const [x, y] = threefry([seed, draw], [step, pair]);
    noise[pair] = gumbel(x);
    noise[pairs + pair] = gumbel(y);
  }
  return noise.subarray(0, width);
}

function gumbel(bits) {
  return -Math.log(-Math.log(unitInterval(bits)));
}

/** The first or another number between 0 and 1 for a draw, independent of the noise of its steps. */
function uniformPerDraw(seed, draw, index = 0) {
  return unitInterval(threefry([seed, draw], [DRAW_STEP, index])[0]);
}
