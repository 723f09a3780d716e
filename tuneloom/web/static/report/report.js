// The tunes of a report: their scores, and a player that plays one of them at a time.

class ReportPlayer {
  constructor() {
    this.current = null;
    this.player = new Player({
      onNotes: (offsets) => this.current?.mark(offsets),
      onState: (playing) => this.current?.showState(playing),
      onProblem: (message) => this.current?.tell(message),
    });
  }

  get isPlaying() {
    return this.player.isPlaying;
  }

  /** Play a tune, from the first time that a written note sounds if one is given. */
  play(tune, offset = -1) {
    this.player.stop();
    this.current = tune;
    this.player.load(tune.sound);
    this.player.change({speed: tune.speed});
    const note = tune.sound.notes.find((each) => each.offset === offset && !each.accompanies);
    return this.player.start(note?.onset);
  }

  stop() {
    this.player.stop();
  }

  changeSpeed(tune) {
    if (this.current === tune) this.player.change({speed: tune.speed});
  }
}

class ReportedTune {
  /**
   * @param {HTMLElement} article
   * @param {{abc: string, title: string, sound: object | null}} data
   * @param {ReportPlayer} player
   */
  constructor(article, data, player) {
    this.data = data;
    this.player = player;
    this.sound = {notes: [], tempo: 120, voices: []};
    this.score = null;
    this.marked = [];
    this.host = article.querySelector(".score");
    this.button = article.querySelector(".play");
    this.tempo = article.querySelector("input");
    this.shown = article.querySelector("output");
    this.problem = article.querySelector(".problem");
    this.button.addEventListener("click", () =>
      this.player.current === this && this.player.isPlaying ? this.player.stop() : this.player.play(this));
    this.tempo.addEventListener("input", () => {
      this.shown.textContent = `${this.tempo.value}%`;
      this.player.changeSpeed(this);
    });
  }

  get speed() {
    return Number(this.tempo.value) / 100;
  }

  engrave() {
    const {abc, title} = this.data;
    this.marked = [];
    try {
      const onClick = (offset) => this.sound.notes.length && this.player.play(this, offset);
      this.score = engrave(this.host, abc, {label: `Score of ${title}`, onClick});
    } catch (error) {
      this.tell(`This text cannot be engraved: ${error.message}`);
    }
  }

  async loadSound() {
    if (!this.data.sound) return this.tell("What is not parseable is not played.");
    if (!Player.isPossible || typeof DecompressionStream !== "function") {
      return this.tell("This browser has no Web Audio, so tunes cannot be played here.");
    }
    this.sound = await unpackSound(this.data.sound);
    this.button.disabled = !this.sound.notes.length;
  }

  /** @param {Set<number>} offsets */
  mark(offsets) {
    const now = this.score ? [...offsets].flatMap((offset) => picturesBetween(this.score, offset, offset + 1)) : [];
    for (const svg of this.marked) if (!now.includes(svg)) svg.classList.remove("playing");
    for (const svg of now) svg.classList.add("playing");
    this.marked = now;
  }

  showState(playing) {
    this.button.textContent = playing ? "Stop" : "Play";
  }

  tell(message) {
    this.problem.textContent = message;
  }
}

const reportPlayer = new ReportPlayer();
const articles = document.querySelectorAll("article.tune");
const reportedTunes = JSON.parse(document.getElementById("report-tunes").textContent)
  .map((data, index) => new ReportedTune(articles[index], data, reportPlayer));
for (const tune of reportedTunes) {
  tune.engrave();
  tune.loadSound();
}
let engravedAt = window.innerWidth;
window.addEventListener("resize", () => {
  if ((window.innerWidth < NARROW) === (engravedAt < NARROW) && window.innerWidth >= NARROW) return;
  engravedAt = window.innerWidth;
  for (const tune of reportedTunes) tune.engrave();
});
