// Puts the page together, and opens the tune that the address names.

class Page {
  constructor() {
    const {tunes, rejects} = readPageData();
    this.tunes = tunes;
    /** @type {Map<number, string>} */
    this.edits = new Map();
    const textOf = (entry) => (entry === this.view?.entry ? this.view.text : this.edits.get(entry.number) ?? entry.abc);
    this.list = new TuneList(tunes, textOf);
    this.view = new TuneView(this.edits);
    this.book = new Tunebook(() => (this.isOpen ? [this.view.entry] : this.list.shown), textOf);
    this.showRejects(rejects);
    this.listen();
    document.body.classList.toggle("without-tunes", !tunes.length);
    this.addComposer();
    const isWide = matchMedia("(min-width: 60rem)").matches;
    if (!location.hash && isWide && tunes.length) history.replaceState(null, "", "#tune-1");
    this.open(false);
  }

  /** Whether the reader has opened a tune, or written one. */
  get isOpen() {
    return document.body.classList.contains("tune-open") || this.view.entry?.number === 0;
  }

  listen() {
    const tell = (text) => (document.getElementById("count").textContent = text);
    document.getElementById("print-list").addEventListener("click", async () => {
      await this.book.print(this.list.shown, tell);
      this.list.update();
    });
    document.getElementById("print-tune").addEventListener("click", () => this.book.print([this.view.entry], () => {}));
    window.addEventListener("hashchange", () => this.open(true));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.list.current && !event.target.closest("textarea, select, input[type=search]")) {
        location.hash = "";
      }
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.edits.size) event.preventDefault(); // the browser asks whether to leave
    });
  }

  /** Open the tune of the address, or the list where it names none. */
  open(moveFocus) {
    const number = Number(/^#tune-(\d+)$/.exec(location.hash)?.[1] ?? 0);
    const entry = this.tunes[number - 1];
    if (entry) {
      this.show(entry, moveFocus);
      return;
    }
    this.view.transport.player.stop();
    document.body.classList.remove("tune-open");
    this.list.list.querySelector("[aria-current]")?.focus();
    this.list.mark(0);
  }

  /** @param {Entry} entry */
  show(entry, moveFocus = true) {
    document.body.classList.add("tune-open");
    document.getElementById("welcome").hidden = true;
    this.view.show(entry);
    this.list.mark(entry.number);
    for (const [id, steps] of [["previous", -1], ["next", 1]]) {
      const other = this.list.neighbour(entry, steps);
      const link = document.getElementById(id);
      if (other) link.href = `#tune-${other.number}`;
      else link.removeAttribute("href");
    }
    if (moveFocus) {
      this.view.parts.tune.focus({preventScroll: true});
      window.scrollTo(0, 0);
    }
  }

  /** The panel of a network that writes tunes, in a page that carries one. */
  addComposer() {
    const data = document.getElementById("composer-data");
    if (!data) return;
    document.body.classList.add("with-composer");
    const root = document.getElementById("composer");
    TuneloomComposer.composerPanel(root, JSON.parse(data.textContent), (...composed) =>
      this.showComposed(...composed));
  }

  /**
   * Show a tune that was written in the page, which the list does not have.
   *
   * @param {string} abc
   * @param {number | undefined} tempo - in quarter notes a minute
   * @param {Entry["knownLevels"]} knownLevels - null while it is being written
   */
  showComposed(abc, tempo, knownLevels) {
    const field = (letter) => new RegExp(`^${letter}:[ \t]*(.*)`, "m").exec(abc)?.[1].trim() ?? "";
    this.list.mark(0);
    document.getElementById("welcome").hidden = true;
    for (const id of ["previous", "next"]) document.getElementById(id).removeAttribute("href");
    this.view.show({
      abc, title: field("T"), reference: "", rhythm: field("R"), key: field("K"), meter: field("M"),
      levels: null, tempo, knownLevels, findings: [], incipit: 0, sound: null, number: 0,
    });
  }

  showRejects(rejects) {
    const details = document.getElementById("rejects");
    details.hidden = !rejects.length;
    details.querySelector("summary").textContent = `${rejects.length} not read as tunes`;
    details.querySelector("ul").append(...rejects.map(({place, message}) => {
      const row = document.createElement("li");
      row.append(spanOf("code", place), spanOf("message", message));
      return row;
    }));
  }
}

const page = new Page();
