// The list of tunes: search, filters, order, and the first bars of those in view.

const BATCH = 60; // rows that are added when the end of the list comes into view

const SORTS = {
  "as found": () => 0,
  title: by((entry) => entry.title),
  number: by((entry) => entry.reference),
  rhythm: by((entry) => entry.rhythm),
  key: by((entry) => entry.key),
  findings: (one, other) => other.findings.length - one.findings.length,
  "likeness to training": (one, other) => (other.nearest?.similarity ?? 0) - (one.nearest?.similarity ?? 0),
};

const LEVEL_FILTERS = {
  "any": () => true,
  "parseable": isParseable,
  "not parseable": (entry) => !isParseable(entry),
  "metrical": (entry) => entry.levels.includes("metrical"),
  "not metrical": (entry) => !entry.levels.includes("metrical"),
  "without findings": (entry) => !entry.findings.length,
  "with findings": (entry) => entry.findings.length > 0,
};

function by(value) {
  const {compare} = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});
  return (one, other) => compare(value(one), value(other));
}

/** Text as it is searched: without case and accents. */
function searchable(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

class TuneList {
  /**
   * @param {Entry[]} entries
   * @param {(entry: Entry) => string} textOf - the text of a tune, with edits
   */
  constructor(entries, textOf) {
    this.entries = entries;
    this.textOf = textOf;
    this.shown = entries;
    this.list = document.getElementById("tunes");
    this.search = document.getElementById("search");
    this.haystacks = null;
    this.current = 0;
    this.engraver = new IntersectionObserver((changes) => changes.forEach(engraveIncipit), {rootMargin: "300px 0px", scrollMargin: "300px 0px"});
    this.end = new IntersectionObserver((changes) => {
      if (changes.some((change) => change.isIntersecting)) this.addRows();
    }, {rootMargin: "900px 0px", scrollMargin: "900px 0px"});
    this.fillChoices();
    this.listen();
    this.update();
    this.end.observe(document.getElementById("more"));
  }

  fillChoices() {
    for (const name of ["rhythm", "key", "meter"]) {
      const counts = new Map();
      for (const entry of this.entries) counts.set(entry[name], (counts.get(entry[name]) ?? 0) + 1);
      const values = [...counts].sort((one, other) => other[1] - one[1]);
      const options = values.map(([value, count]) => new Option(`${value || "none"} (${count})`, `=${value}`));
      document.getElementById(`filter-${name}`).replaceChildren(new Option("any", ""), ...options);
    }
    const names = (table) => Object.keys(table).map((name) => new Option(name, name));
    document.getElementById("filter-level").replaceChildren(...names(LEVEL_FILTERS));
    document.getElementById("sort").replaceChildren(...names(SORTS).filter(({value}) =>
      value !== "likeness to training" || this.entries.some((entry) => entry.nearest)));
  }

  listen() {
    const form = document.getElementById("search-form");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => this.update());
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
      event.preventDefault();
      this.search.focus();
    });
  }

  /** The arrow keys go from row to row. */
  onKey(event) {
    const row = event.target.closest("li");
    const links = {ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling};
    const link = links[event.key]?.querySelector("a");
    if (!link) return;
    event.preventDefault();
    link.focus();
  }

  /** Find and order the tunes that are asked for, and show the first of them. */
  update() {
    this.shown = this.matching().sort(SORTS[document.getElementById("sort").value]);
    this.engraver.disconnect();
    this.list.replaceChildren();
    this.addRows();
    const all = this.entries.length.toLocaleString("en");
    const found = this.shown.length.toLocaleString("en");
    document.getElementById("count").textContent =
      found === all ? `${all} ${all === "1" ? "tune" : "tunes"}` : `${found} of ${all} tunes`;
  }

  /** @returns {Entry[]} */
  matching() {
    const words = searchable(this.search.value).split(/\s+/).filter(Boolean);
    if (words.length) this.haystacks ??= this.entries.map((entry) => searchable(`${entry.title}\n${entry.abc}`));
    const [rhythm, key, meter] = ["rhythm", "key", "meter"].map((name) => document.getElementById(`filter-${name}`).value);
    const level = LEVEL_FILTERS[document.getElementById("filter-level").value];
    const fits = (choice, value) => !choice || choice === `=${value}`;
    return this.entries.filter((entry) =>
      fits(rhythm, entry.rhythm) && fits(key, entry.key) && fits(meter, entry.meter) && level(entry) &&
      words.every((word) => this.haystacks[entry.number - 1].includes(word)));
  }

  addRows() {
    const from = this.list.childElementCount;
    const rows = this.shown.slice(from, from + BATCH).map((entry) => this.row(entry));
    this.list.append(...rows);
    for (const row of rows) this.engraver.observe(row.querySelector(".incipit"));
  }

  /** @param {Entry} entry */
  row(entry) {
    const link = document.createElement("a");
    link.href = `#tune-${entry.number}`;
    link.append(
      spanOf("title", entry.title || "Untitled"),
      spanOf("facts", factsOf(entry).join(" · ")),
      ...marksOf(entry),
    );
    const incipit = document.createElement("div");
    incipit.className = "incipit";
    incipit.setAttribute("aria-hidden", "true");
    incipit.entry = {...entry, abc: this.textOf(entry), incipit: this.textOf(entry) === entry.abc ? entry.incipit : 0};
    link.append(incipit);
    const row = document.createElement("li");
    row.append(link);
    if (entry.number === this.current) link.setAttribute("aria-current", "true");
    return row;
  }

  /** Mark the row of the tune that is open. */
  mark(number) {
    this.current = number;
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const link = this.list.querySelector(`a[href="#tune-${number}"]`);
    link?.setAttribute("aria-current", "true");
    return link;
  }

  /** The tune so many rows further on, if there is one. */
  neighbour(entry, steps) {
    const at = this.shown.findIndex((each) => each.number === entry.number);
    return at < 0 ? undefined : this.shown[at + steps];
  }
}

function spanOf(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

/** What is known of a tune besides its title. */
function factsOf(entry) {
  return [entry.reference && `X:${entry.reference}`, entry.rhythm, entry.key, entry.meter].filter(Boolean);
}

function marksOf(entry) {
  if (!isParseable(entry)) return [spanOf("mark bad", `not parseable: ${entry.findings[0]?.message ?? ""}`)];
  const count = entry.findings.length;
  return count ? [spanOf("mark", `${count} finding${count === 1 ? "" : "s"}`)] : [];
}

/** Engrave the first bars of a row that comes into view, and drop those of one that is far from it. */
function engraveIncipit({target, isIntersecting}) {
  if (!isIntersecting) {
    if (target.firstChild) target.style.minHeight = `${target.offsetHeight}px`;
    target.replaceChildren();
    return;
  }
  if (target.firstChild) return;
  try {
    ABCJS.renderAbc(target, incipitOf(target.entry), {
      staffwidth: 420, scale: 0.75, paddingtop: 0, paddingbottom: 0, paddingleft: 0, paddingright: 0,
      selectTypes: false,
    });
    fitToWidth(target, "");
    target.style.minHeight = "";
  } catch {
    target.replaceChildren(); // the tune itself says what is wrong with it
  }
}
