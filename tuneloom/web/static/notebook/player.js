// The player below a score in a notebook. The score is a picture under this frame, which marks what sounds.

class NotebookPlayer {
  /**
   * @param {object} data
   * @param {Entry["sound"]} data.sound - packed
   * @param {boolean} data.dotted - whether a beat is dotted
   * @param {Array<[offset: number, left: number, top: number, width: number, height: number]>} data.places - where
   *     in the score the written notes are, in percent
   */
  constructor({sound, dotted, places}) {
    this.packed = sound;
    this.dotted = dotted;
    const ids = ["score", "play", "tempo", "tempo-shown", "chords", "chords-label", "problem"];
    this.parts = Object.fromEntries(ids.map((id) => [id, document.getElementById(id)]));
    this.marks = new Map(places.map(([offset, ...box]) => [offset, this.addMark(offset, box)]));
    this.player = new Player({
      onNotes: (offsets) => this.mark(offsets),
      onState: (playing) => (this.parts.play.textContent = playing ? "Stop" : "Play"),
      onProblem: (message) => (this.parts.problem.textContent = message),
    });
    this.parts.play.addEventListener("click", () => (this.player.isPlaying ? this.player.stop() : this.playFrom()));
    for (const id of ["tempo", "chords"]) this.parts[id].addEventListener("input", () => this.update());
  }

  /** Lay a mark over a note; a click plays from there. */
  addMark(offset, [left, top, width, height]) {
    const mark = document.createElement("button");
    mark.tabIndex = -1; // the button Play is for keyboards
    for (const [name, value] of Object.entries({left, top, width, height})) mark.style[name] = `${value}%`;
    mark.addEventListener("click", () => this.playFrom(offset));
    this.parts.score.append(mark);
    return mark;
  }

  async load() {
    const possible = Player.isPossible && typeof DecompressionStream === "function";
    this.parts.play.disabled = true;
    if (!possible) {
      this.parts.problem.textContent = "This browser has no Web Audio, so the tune cannot be played here.";
      return;
    }
    const sound = await unpackSound(this.packed);
    this.player.load(sound);
    this.parts.play.disabled = !sound.notes.length;
    this.parts["chords-label"].hidden = !sound.notes.some((note) => note.accompanies);
    this.update();
  }

  update() {
    const percent = Number(this.parts.tempo.value);
    this.player.change({speed: percent / 100, chords: this.parts.chords.checked});
    const beats = Math.round((this.player.sound.tempo * percent) / (this.dotted ? 150 : 100));
    this.parts["tempo-shown"].textContent = `${percent}%, ${this.dotted ? "♩." : "♩"} = ${beats}`;
  }

  /** Play, from the first time that a written note sounds if one is given. */
  playFrom(offset = -1) {
    this.parts.problem.textContent = "";
    const note = this.player.sound.notes.find((each) => each.offset === offset && !each.accompanies);
    return this.player.start(note?.onset);
  }

  /** @param {Set<number>} offsets */
  mark(offsets) {
    for (const [offset, mark] of this.marks) mark.classList.toggle("playing", offsets.has(offset));
  }
}

new NotebookPlayer(JSON.parse(document.getElementById("data").textContent)).load();
