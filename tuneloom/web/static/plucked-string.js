// The sound of a plucked string, by the algorithm of Karplus and Strong.

const LOWEST_PITCH = 24;
const HIGHEST_PITCH = 108;
const RING = 2.2; // seconds until a string has lost 60 dB

/** @type {Map<string, {buffer: AudioBuffer, period: number}>} */
const pluckedStrings = new Map();

/** The frequency of a MIDI pitch in hertz. */
function frequencyOf(pitch) {
  return 440 * 2 ** ((pitch - 69) / 12);
}

/**
 * The sound of a string, which its notes share. Its period is that of the delay line, a few cents beside the pitch, and
 * whoever plays them makes up for that.
 *
 * @param {number} pitch
 * @param {number} rate - samples a second
 */
function pluckedString(pitch, rate) {
  const name = `${pitch} ${rate}`;
  let string = pluckedStrings.get(name);
  if (!string) {
    const {samples, period} = pluck(frequencyOf(pitch), rate);
    const buffer = new AudioBuffer({length: samples.length, sampleRate: rate});
    buffer.copyToChannel(samples, 0);
    string = {buffer, period};
    pluckedStrings.set(name, string);
  }
  return string;
}

function pluck(frequency, rate) {
  const delay = Math.max(2, Math.round(rate / frequency - 0.5));
  const samples = new Float32Array(Math.round(rate * RING));
  excite(samples, delay);
  const kept = 10 ** ((-3 * delay) / (rate * RING));
  for (let at = delay; at < samples.length; at++) {
    const before = at > delay ? samples[at - delay - 1] : samples[delay - 1];
    samples[at] = kept * 0.5 * (samples[at - delay] + before);
  }
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return {samples: samples.map((sample) => sample / peak), period: delay + 0.5};
}

/** Fill the delay line: noise, softened, and without the harmonics of a string plucked at a fifth of it. */
function excite(samples, delay) {
  let seed = 1;
  const noise = Float32Array.from({length: delay}, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 31 - 1;
  });
  const plucked = Math.max(1, Math.round(delay / 5));
  const shaped = noise.map((sample, at) => sample - noise[(at + delay - plucked) % delay]);
  const soft = shaped.map((sample, at) => (sample + 2 * shaped[(at + 1) % delay] + shaped[(at + 2) % delay]) / 4);
  const mean = soft.reduce((sum, sample) => sum + sample, 0) / delay;
  soft.forEach((sample, at) => (samples[at] = sample - mean));
}
