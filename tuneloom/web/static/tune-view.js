// The tune that is open: its score, its findings, its text, and how it is played.

const EDIT_PAUSE = 150; // milliseconds after a keystroke until the score follows

class TuneView {
  /** @param {Map<number, string>} edits - texts that the reader changed, by the number of the tune */
  constructor(edits) {
    this.edits = edits;
    this.parts = Object.fromEntries(
      ["tune", "tune-title", "levels", "score", "score-problem", "findings", "findings-note", "text", "reset", "done"]
        .map((id) => [id, document.getElementById(id)]));
    /** @type {Entry | null} */
    this.entry = null;
    /** @type {Score | null} */
    this.score = null;
    /** @type {Sound | null} */
    this.sound = null;
    this.playing = [];
    this.nearest = new NearestTuneView();
    this.transport = new Transport(this);
    this.listen();
  }

  listen() {
    let timer = 0;
    this.parts.text.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.edited(), EDIT_PAUSE);
    });
    this.parts.reset.addEventListener("click", () => {
      this.edits.delete(this.entry.number);
      this.show(this.entry);
    });
    document.getElementById("copy").addEventListener("click", () => this.copy());
    document.getElementById("save-abc").addEventListener("click", () =>
      saveFile(new Blob([this.text], {type: "text/vnd.abc"}), fileNameOf(this.entry.title, "abc")));
    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      if (width === window.innerWidth || !this.entry) return;
      width = window.innerWidth;
      this.engrave();
    });
  }

  /** The text as it is now. */
  get text() {
    return this.parts.text.value;
  }

  /** Whether the text is the one that Python read, checked and performed. */
  get isOriginal() {
    return this.text === this.entry.abc;
  }

  /** @param {Entry} entry */
  show(entry) {
    this.transport.player.stop();
    this.entry = entry;
    this.parts.tune.hidden = false;
    this.parts["tune-title"].textContent = entry.title || "Untitled";
    this.parts.text.value = this.edits.get(entry.number) ?? entry.abc;
    this.parts.text.rows = Math.min(24, this.text.split("\n").length + 1);
    this.parts.done.textContent = "";
    this.showLevels();
    this.transport.reset();
    this.refresh();
  }

  edited() {
    if (this.entry.number) this.edits.set(this.entry.number, this.text);
    this.transport.player.stop();
    this.refresh();
  }

  /** Let everything follow the text. */
  refresh() {
    this.parts.reset.disabled = this.isOriginal;
    this.sound = null;
    this.engrave();
    this.showFindings();
    this.transport.update();
  }

  engrave() {
    const {score: host, "score-problem": problem} = this.parts;
    const at = document.scrollingElement.scrollTop;
    this.nearest.prepare(this.entry);
    try {
      this.score = engrave(host, this.text, {
        label: `Score of ${this.entry.title || "the tune"}`,
        transpose: this.transport.transpose,
        onClick: (offset) => this.transport.playFrom(offset),
      });
      problem.hidden = this.score.elements.length > 0;
      problem.textContent = "There is no music in this text.";
    } catch (error) {
      this.score = null;
      host.replaceChildren();
      problem.hidden = false;
      problem.textContent = `This text cannot be engraved: ${error.message}`;
    }
    this.nearest.show(this.entry, this.isOriginal ? this.score : null);
    document.scrollingElement.scrollTop = at; // abcjs empties its host, which may move the page
    this.playing = [];
    if (this.isOriginal) this.markFindings();
  }

  /** The notes to be played: those of Python, or of abcjs where the text was edited. @returns {Promise<Sound>} */
  async soundNow() {
    if (this.sound) return this.sound;
    const {entry, score} = this;
    let sound = {notes: [], tempo: 120, voices: []};
    if (this.isOriginal && entry.sound && typeof DecompressionStream === "function") {
      sound = await unpackSound(entry.sound);
    } else if (score) {
      sound = soundOfAbcjs(score.tune);
      const usual = entry.tempo ?? entry.sound?.tempo; // abcjs has one for all rhythms
      if (usual && !/^Q:|\[Q:/m.test(this.text)) sound.tempo = usual;
    }
    if (entry === this.entry && score === this.score) this.sound = sound;
    return sound;
  }

  /** Mark the written notes that sound. @param {Set<number>} offsets */
  markPlaying(offsets) {
    const now = this.score ? [...offsets].flatMap((offset) => picturesBetween(this.score, offset, offset + 1)) : [];
    for (const svg of this.playing) if (!now.includes(svg)) svg.classList.remove("playing");
    for (const svg of now) svg.classList.add("playing");
    if (now.length && !this.playing.includes(now[0])) keepInView(now[0]);
    this.playing = now;
  }

  showLevels() {
    const {levels, knownLevels} = this.entry;
    const known = levels ? LEVELS.map((level) => [level, levels.includes(level)]) : Object.entries(knownLevels ?? {});
    const marks = known.map(([level, reached]) => {
      const mark = spanOf(reached ? "reached" : "missed", `${reached ? "✓" : "✗"} ${level}`);
      mark.setAttribute("aria-label", `${level}: ${reached ? "yes" : "no"}`);
      mark.setAttribute("role", "listitem");
      return mark;
    });
    this.parts.levels.setAttribute("role", "list");
    this.parts.levels.replaceChildren(...marks);
  }

  showFindings() {
    const {entry} = this;
    const {findings: list, "findings-note": note} = this.parts;
    const warnings = this.isOriginal ? [] : this.score ? warningsOf(this.score) : [];
    const none = entry.levels ? "Nothing was found." : entry.knownLevels
      ? "Checked in this page by the grammar's automaton alone; the rules of tuneloom check are not in it." : "";
    note.textContent = this.isOriginal ? (entry.findings.length ? "" : none)
      : `The text was edited. ${warnings.length ? "abcjs says of it:" : "abcjs has nothing to say against it."}`;
    list.replaceChildren(...(this.isOriginal
      ? entry.findings.map((finding, index) => this.findingRow(finding, index))
      : warnings.map((warning) => {
        const row = document.createElement("li");
        row.textContent = warning;
        return row;
      })));
  }

  /** @param {Finding} finding */
  findingRow(finding, index) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `finding-${index}`;
    button.className = `finding ${finding.severity}`;
    button.append(spanOf("code", finding.code), spanOf("message", finding.message), spanOf("help", finding.help));
    const pictures = () => (this.score ? picturesBetween(this.score, finding.start, finding.end) : []);
    const point = (on) => pictures().forEach((svg) => svg.classList.toggle("pointed", on));
    for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => point(true));
    for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => point(false));
    button.addEventListener("click", () => {
      if (pictures().length) keepInView(pictures()[0]);
      this.select(finding.start, Math.max(finding.end, finding.start + 1));
    });
    const row = document.createElement("li");
    row.append(button);
    return row;
  }

  /** Give what has a finding a colour, and a tip that says which. */
  markFindings() {
    if (!this.score) return;
    this.entry.findings.forEach((finding, index) => {
      for (const svg of picturesBetween(this.score, finding.start, finding.end)) {
        svg.classList.add("found", finding.severity);
        const tip = document.createElementNS("http://www.w3.org/2000/svg", "title");
        tip.textContent = `${finding.code}: ${finding.message}`;
        svg.prepend(tip);
        svg.addEventListener("click", () => document.getElementById(`finding-${index}`)?.focus());
      }
    });
  }

  /** Select a stretch of the text. */
  select(start, end) {
    const {text} = this.parts;
    text.focus();
    text.setSelectionRange(start, end);
    const line = this.text.slice(0, start).split("\n").length - 1;
    text.scrollTop = Math.max(0, (line - 3) * (text.scrollHeight / this.text.split("\n").length));
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.parts.done.textContent = "Copied.";
    } catch {
      this.parts.text.select();
      this.parts.done.textContent = "Selected: copy it with the keyboard.";
    }
  }
}

/** Scroll so far that an element is in view, if it is not. */
function keepInView(element) {
  const {top, bottom} = element.getBoundingClientRect();
  if (top < 60 || bottom > window.innerHeight - 20) element.scrollIntoView({block: "center"});
}
