// Notes as sound: a plucked string for each, and a drone of tonic and fifth.

const RELEASE = 0.09; // seconds from the end of a note to silence
const LOUDEST = 0.9; // of what the output can carry
const USUAL_GAIN = 0.5;
const DRONE_GAIN = 0.07; // of each of its two tones

/**
 * The gain at which a tune never clips: that at which its loudest moment stays below the limit.
 *
 * @param {PlayedNote[]} notes
 * @param {number} rate - whole notes a second
 */
function safeGain(notes, rate) {
  const changes = notes.flatMap((note) => [
    [note.onset, note.velocity / 127],
    [note.onset + note.duration + RELEASE * rate, -note.velocity / 127],
  ]);
  changes.sort((one, other) => one[0] - other[0]);
  let [loudness, loudest] = [0, 1];
  for (const [, change] of changes) {
    loudness += change;
    loudest = Math.max(loudest, loudness);
  }
  return Math.min(USUAL_GAIN, (LOUDEST - 2 * DRONE_GAIN) / loudest);
}

/** Plays notes in an AudioContext, live or offline. */
class Synth {
  /**
   * @param {BaseAudioContext} context
   * @param {number} gain
   */
  constructor(context, gain) {
    this.context = context;
    this.output = new GainNode(context, {gain});
    this.output.connect(context.destination);
    this.sounding = new Set();
    this.drone = null;
  }

  /**
   * @param {number} pitch
   * @param {number} time - seconds, as the context counts them
   * @param {number} seconds
   * @param {number} velocity
   */
  pluck(pitch, time, seconds, velocity) {
    const {context} = this;
    const heard = Math.min(HIGHEST_PITCH, Math.max(LOWEST_PITCH, pitch));
    const string = pluckedString(heard, context.sampleRate);
    const playbackRate = (frequencyOf(heard) * string.period) / context.sampleRate;
    const source = new AudioBufferSourceNode(context, {buffer: string.buffer, playbackRate});
    const loudness = new GainNode(context, {gain: 0});
    loudness.gain.setValueAtTime(velocity / 127, time);
    loudness.gain.setValueAtTime(velocity / 127, time + seconds);
    loudness.gain.linearRampToValueAtTime(0, time + seconds + RELEASE);
    source.connect(loudness).connect(this.output);
    source.start(time);
    source.stop(time + seconds + RELEASE);
    const sounding = {source, loudness, time};
    this.sounding.add(sounding);
    source.onended = () => this.sounding.delete(sounding);
  }

  /** Hold a pitch and its fifth from a time on, until `stopDrone`. */
  startDrone(pitch, time) {
    if (this.drone) return;
    const level = new GainNode(this.context, {gain: 0});
    level.gain.setValueAtTime(0, time);
    level.gain.linearRampToValueAtTime(DRONE_GAIN / this.output.gain.value, time + 0.4);
    level.connect(this.output);
    const tones = [pitch, pitch + 7].map((tone) => {
      const oscillator = new OscillatorNode(this.context, {type: "triangle", frequency: frequencyOf(tone)});
      oscillator.connect(level);
      oscillator.start(time);
      return oscillator;
    });
    this.drone = {level, tones};
  }

  stopDrone() {
    if (!this.drone) return;
    const {level, tones} = this.drone;
    const now = this.context.currentTime;
    level.gain.cancelScheduledValues(now);
    level.gain.setTargetAtTime(0, now, 0.05);
    tones.forEach((tone) => tone.stop(now + 0.4));
    this.drone = null;
  }

  /** Fade out what sounds, and drop what was to sound after a time. */
  silence(after = -Infinity) {
    const now = this.context.currentTime;
    for (const {source, loudness, time} of this.sounding) {
      if (time < after) continue;
      loudness.gain.cancelScheduledValues(now);
      loudness.gain.setTargetAtTime(0, now, 0.015);
      source.stop(now + 0.1);
    }
  }
}

/**
 * A tune as samples at 44,100 Hz, all at once.
 *
 * @param {PlayedNote[]} notes
 * @param {{rate: number, transpose: number, drone: number | null}} settings - whole notes a second, semitones,
 *     and the pitch of a drone
 * @returns {Promise<AudioBuffer>}
 */
function renderSound(notes, {rate, transpose, drone}) {
  const end = notes.reduce((last, note) => Math.max(last, note.onset + note.duration), 0) / rate;
  const sampleRate = 44100;
  const context = new OfflineAudioContext(1, Math.ceil((end + 0.5) * sampleRate), sampleRate);
  const synth = new Synth(context, safeGain(notes, rate));
  for (const note of notes) {
    synth.pluck(note.pitch + transpose, note.onset / rate, note.duration / rate, note.velocity);
  }
  if (drone !== null) synth.startDrone(drone + transpose, 0);
  return context.startRendering();
}
