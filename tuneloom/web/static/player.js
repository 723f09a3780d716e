// Plays a tune: starts each note in time, and tells which of them sound.

const AHEAD = 1.2; // seconds for which notes are started ahead, since a hidden page is called once a second
const LEAD = 0.12; // seconds before the first note
const BEGINNING = 1e-6; // whole notes by which an onset may miss a border, from rounding

/**
 * @typedef {object} PlayerSettings
 * @property {number} speed - 1 for the tempo of the tune
 * @property {number} transpose - in semitones
 * @property {boolean} chords - whether chord symbols are played
 * @property {number | null} drone - the pitch of a drone
 * @property {{from: number, to: number} | null} loop - in whole notes
 */

class Player {
  /**
   * @param {object} listener
   * @param {(offsets: Set<number>) => void} listener.onNotes - places of the written notes that sound
   * @param {(playing: boolean) => void} listener.onState
   * @param {(message: string) => void} listener.onProblem
   */
  constructor(listener) {
    this.listener = listener;
    /** @type {Sound} */
    this.sound = {notes: [], tempo: 120, voices: []};
    /** @type {PlayerSettings} */
    this.settings = {speed: 1, transpose: 0, chords: true, drone: null, loop: null};
    this.context = null;
    this.synth = null;
    this.timer = 0;
    this.end = 0;
    this.laps = 0;
    this.started = [];
  }

  static get isPossible() {
    return typeof AudioContext === "function";
  }

  get isPlaying() {
    return this.timer !== 0;
  }

  /** Whole notes a second. */
  get rate() {
    return (this.sound.tempo / 240) * this.settings.speed;
  }

  /** @param {Sound} sound */
  load(sound) {
    this.stop();
    this.sound = sound;
    this.end = sound.notes.reduce((last, note) => Math.max(last, note.onset + note.duration), 0);
  }

  /** Change settings, in the middle of a tune as well. @param {Partial<PlayerSettings>} changed */
  change(changed) {
    const at = this.isPlaying ? this.heardPosition() : 0;
    Object.assign(this.settings, changed);
    if (!this.isPlaying) return;
    this.synth.silence(this.context.currentTime);
    this.synth.stopDrone();
    this.anchor(at, this.context.currentTime);
  }

  /** Play from a place in the tune, in whole notes. */
  async start(from = this.settings.loop?.from ?? 0) {
    this.stop();
    if (!Player.isPossible) return;
    this.context ??= new AudioContext();
    this.context.resume().catch(() => {});
    const {context} = this;
    this.synth = new Synth(context, safeGain(this.sound.notes, this.rate));
    this.laps = 0;
    this.anchor(from, context.currentTime + LEAD);
    this.timer = setInterval(() => this.pump(), 50);
    this.pump();
    this.follow();
    this.listener.onState(true);
    this.watchClock(context.currentTime);
  }

  stop() {
    if (!this.isPlaying) return;
    clearInterval(this.timer);
    this.timer = 0;
    this.synth.silence();
    this.synth.stopDrone();
    this.started = [];
    this.listener.onNotes(new Set());
    this.listener.onState(false);
  }

  /** Where in the tune the sound is now, in whole notes. */
  position(time = this.context.currentTime) {
    return this.anchorPosition + (time - this.anchorTime) * this.rate;
  }

  /** The same in the lap that is heard, while notes of the next one have been started ahead. */
  heardPosition() {
    const at = this.position();
    const {loop} = this.settings;
    return loop && this.laps && at < loop.from ? loop.to - ((loop.from - at) % (loop.to - loop.from)) : at;
  }

  /** Let a position fall on a time, and go on from there. */
  anchor(position, time) {
    this.anchorPosition = position;
    this.anchorTime = time;
    this.next = this.indexAt(position);
    this.started = this.started.filter((note) => note.time < time);
    if (this.settings.drone !== null) {
      this.synth.startDrone(this.settings.drone + this.settings.transpose, time);
    }
  }

  indexAt(position) {
    const index = this.sound.notes.findIndex((note) => note.onset >= position - BEGINNING);
    return index < 0 ? this.sound.notes.length : index;
  }

  /** Start the notes of the next moments. */
  pump() {
    const {notes} = this.sound;
    const {loop} = this.settings;
    const end = loop?.to ?? this.end;
    const now = this.context.currentTime;
    for (;;) {
      const horizon = this.position(now + AHEAD);
      while (this.next < notes.length && notes[this.next].onset < Math.min(horizon, end - BEGINNING)) {
        this.startNote(notes[this.next++], end);
      }
      if (!loop || horizon < end || end - loop.from < BEGINNING) break;
      this.laps++;
      this.anchor(loop.from, this.anchorTime + (end - this.anchorPosition) / this.rate);
    }
    if (!loop && this.position(now) > end + RELEASE * this.rate) this.stop();
  }

  /** @param {PlayedNote} note */
  startNote(note, end) {
    if (note.accompanies && !this.settings.chords) return;
    const time = Math.max(this.anchorTime + (note.onset - this.anchorPosition) / this.rate, this.context.currentTime);
    const seconds = Math.min(note.duration, end - note.onset) / this.rate;
    this.synth.pluck(note.pitch + this.settings.transpose, time, seconds, note.velocity);
    if (note.offset >= 0 && !note.accompanies) {
      this.started.push({time, end: time + seconds, offset: note.offset});
    }
  }

  /** Tell which notes sound, as often as the screen is drawn. */
  follow() {
    if (!this.isPlaying) return;
    const now = this.context.currentTime - (this.context.outputLatency || 0);
    this.started = this.started.filter((note) => note.end > now);
    const sounding = this.started.filter((note) => note.time <= now);
    this.listener.onNotes(new Set(sounding.map((note) => note.offset)));
    requestAnimationFrame(() => this.follow());
  }

  /** Without a sound device the clock of a context does not move. */
  watchClock(before) {
    setTimeout(() => {
      if (!this.isPlaying || this.context.currentTime > before) return;
      this.stop();
      this.listener.onProblem("No sound device answers, so the tune cannot be played here.");
    }, 1500);
  }
}
