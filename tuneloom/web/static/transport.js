// The controls by which a tune is played.

const STEPS = Array.from({length: 25}, (_, index) => 12 - index);
const NATURALS = {C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11};

class Transport {
  /** @param {TuneView} view */
  constructor(view) {
    this.view = view;
    this.controls = Object.fromEntries(
      ["play", "tempo", "tempo-shown", "transpose", "loop", "loop-from", "loop-to", "chords", "drone", "sound-problem"]
        .map((id) => [id, document.getElementById(id)]));
    this.player = new Player({
      onNotes: (offsets) => view.markPlaying(offsets),
      onState: (playing) => (this.controls.play.textContent = playing ? "Stop" : "Play"),
      onProblem: (message) => this.tell(message),
    });
    this.controls.transpose.replaceChildren(...STEPS.map((step) =>
      new Option(step > 0 ? `+${step}` : `${step}`.replace("-", "−"), step, step === 0, step === 0)));
    this.listen();
    if (!Player.isPossible) {
      this.tell("This browser has no Web Audio, so tunes cannot be played here.");
      this.controls.play.disabled = true;
      document.getElementById("save-wav").disabled = true;
    }
  }

  /** In semitones. */
  get transpose() {
    return Number(this.controls.transpose.value);
  }

  listen() {
    const {controls, player} = this;
    controls.play.addEventListener("click", () => (player.isPlaying ? player.stop() : this.playFrom()));
    for (const id of ["tempo", "loop", "loop-from", "loop-to", "chords", "drone"]) {
      controls[id].addEventListener("input", () => this.update());
    }
    controls.transpose.addEventListener("change", () => {
      this.view.engrave();
      this.update();
    });
    document.getElementById("save-midi").addEventListener("click", () => this.saveMidi());
    document.getElementById("save-wav").addEventListener("click", () => this.saveWav());
  }

  /** For a tune that was just opened. */
  reset() {
    const {controls} = this;
    controls.tempo.value = "100";
    controls.transpose.value = "0";
    controls.loop.checked = false;
    controls["loop-from"].value = "";
    controls["loop-to"].value = "";
  }

  /** Let the player and what is shown follow the controls. */
  async update() {
    const {controls, player, view} = this;
    const sound = await view.soundNow();
    if (sound !== view.sound) return; // another tune was opened
    if (player.sound !== sound) player.load(sound);
    const bars = view.score ? barsOf(view.score) : [];
    for (const id of ["loop-from", "loop-to"]) controls[id].max = String(Math.max(1, bars.length));
    controls["loop-from"].placeholder = "1";
    controls["loop-to"].placeholder = String(bars.length);
    controls.play.disabled = !Player.isPossible || !sound.notes.length;
    controls.chords.disabled = !sound.notes.some((note) => note.accompanies);
    player.change(this.settings(bars, sound));
    controls["tempo-shown"].textContent = this.tempoText(sound.tempo);
  }

  settings(bars, sound) {
    const {controls} = this;
    return {
      speed: Number(controls.tempo.value) / 100,
      transpose: this.transpose,
      chords: controls.chords.checked,
      drone: controls.drone.checked ? droneOf(this.view.entry.key) : null,
      loop: controls.loop.checked ? this.loopOf(bars, sound) : null,
    };
  }

  /** The times between which a loop plays: the first time that its bars are played in a row. */
  loopOf(bars, {notes}) {
    const end = notes.reduce((last, note) => Math.max(last, note.onset + note.duration), 0);
    const from = Number(this.controls["loop-from"].value) || 1;
    const to = Math.max(from, Number(this.controls["loop-to"].value) || bars.length);
    if (!bars.length || (from === 1 && to >= bars.length)) return {from: 0, to: end};
    const [start, stop] = [bars[Math.min(from, bars.length) - 1].start, bars[Math.min(to, bars.length) - 1].end];
    const inside = (note) => note.offset >= start && note.offset < stop;
    const written = notes.filter((note) => note.offset >= 0);
    const first = written.findIndex(inside);
    if (first < 0) return {from: 0, to: end};
    const after = written.slice(first).find((note) => !inside(note));
    return {from: written[first].onset, to: after ? after.onset : end};
  }

  /** Play, from the first time that a written note sounds if one is given. */
  async playFrom(offset = -1) {
    await this.update();
    const {notes} = await this.view.soundNow();
    const pictured = this.view.score?.elements.find((element) => element.start === offset);
    const note = pictured && notes.find((each) => each.offset >= pictured.start && each.offset < pictured.end);
    this.tell("");
    await this.player.start(note?.onset);
  }

  tempoText(quarters) {
    const dotted = /^(?:6|9|12)\/8$/.test(this.view.entry.meter);
    const beats = Math.round((quarters * Number(this.controls.tempo.value)) / (dotted ? 150 : 100));
    return `${this.controls.tempo.value}%, ${dotted ? "♩." : "♩"} = ${beats}`;
  }

  /** The notes of the tune, without chord symbols if they are turned off. */
  async heardNotes() {
    const {notes} = await this.view.soundNow();
    return notes.filter((note) => this.player.settings.chords || !note.accompanies);
  }

  async saveMidi() {
    const {title} = this.view.entry;
    const notes = await this.heardNotes();
    const {voices} = await this.view.soundNow();
    const {transpose} = this.player.settings;
    const bytes = midiOf(notes, {title, tempo: 240 * this.player.rate, transpose, voices});
    saveFile(new Blob([bytes], {type: "audio/midi"}), fileNameOf(title, "mid"));
  }

  async saveWav() {
    const {done} = this.view.parts;
    done.textContent = "Playing it to a file …";
    const {transpose, drone} = this.player.settings;
    const sound = await renderSound(await this.heardNotes(), {rate: this.player.rate, transpose, drone});
    saveFile(wavOf(sound), fileNameOf(this.view.entry.title, "wav"));
    done.textContent = "";
  }

  tell(message) {
    this.controls["sound-problem"].textContent = message;
    this.controls["sound-problem"].hidden = !message;
  }
}

/** The pitch of a drone for a key: its tonic below middle C. */
function droneOf(key) {
  const [, letter = "D", accidental = ""] = /^([A-G])([#b]?)/.exec(key) ?? [];
  const tonic = NATURALS[letter] + {"": 0, "#": 1, b: -1}[accidental];
  return 48 + (tonic > 7 ? tonic - 12 : tonic);
}
