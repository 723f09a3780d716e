// The controls of the composer: what the tune is to be, and the tune as it grows.

const SLICE = 12; // milliseconds of drawing before the page may answer its reader
const KEYS_OFFERED = [..."CDEFGAB"].flatMap((letter) =>
  ["", "b", "#"].flatMap((sign) => ["", "m", "dor", "mix"].map((mode) => letter + sign + mode)),
);

/** An element with attributes and children; text is never read as HTML. */
function elementOf(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function selectOf(name, values, texts = {}) {
  const options = values.map((value) => elementOf("option", { value }, texts[value] ?? value));
  return elementOf("select", { name }, ...options);
}

class ComposerPanel {
  /**
   * `showTune(abc, tempo, levels)` shows a tune where scores are shown. It is called for each line, and at the end
   * with what is known of the tune's levels.
   */
  constructor(root, data, showTune) {
    this.composer = new Composer(data);
    this.name = data.name;
    this.showTune = showTune;
    this.text = "";
    this.drawn = null; // the settings of the tune that is shown
    this.run = 0; // counts the draws, so that an earlier one knows that it is over
    this.inputs = this.#inputs();
    this.parts = this.#parts();
    root.append(elementOf("h2", {}, `Compose with ${data.name}`), this.parts.form, this.parts.problem, this.parts.tune);
    root.hidden = false;
    window.addEventListener("hashchange", () => this.#followLink());
    this.#followLink();
  }

  #inputs() {
    const { headers } = this.composer;
    const valuesOf = (letter) => [...new Set(headers.beginnings.map((text) => splitHeader(text)[letter]))];
    const known = (letter) => ["", ...valuesOf(letter).filter(Boolean).sort()];
    const keys = new Set([...headers.keys, ...KEYS_OFFERED.filter((key) => this.composer.standIn(key))]);
    const number = (name, attributes) => elementOf("input", { name, type: "number", ...attributes });
    return {
      rhythm: selectOf("rhythm", known("R"), { "": "any" }),
      meter: selectOf("meter", known("M"), { "": "any" }),
      key: selectOf("key", ["", ...keys], { "": "any" }),
      constraint: selectOf("constraint", ["metre", "syntax", "none"], {
        metre: "bars add up",
        syntax: "it parses",
        none: "none",
      }),
      temperature: number("temperature", { min: 0.1, max: 2, step: 0.05, value: 1 }),
      seed: number("seed", { min: 0, max: 2 ** 31 - 1, step: 1, value: 1 }),
      keepFrom: number("keepFrom", { min: 1, max: 999, step: 1, "aria-label": "First bar that stays" }),
      keepTo: number("keepTo", { min: 1, max: 999, step: 1, "aria-label": "Last bar that stays" }),
      beginning: elementOf("input", { name: "beginning", type: "search", autocomplete: "off", spellcheck: "false" }),
    };
  }

  #parts() {
    const button = (text, act, attributes = {}) => {
      const element = elementOf("button", { type: "button", ...attributes }, text);
      element.addEventListener("click", act);
      return element;
    };
    const label = (text, name) => elementOf("label", {}, `${text} `, this.inputs[name]);
    const compose = elementOf("button", { class: "main" }, "Compose");
    const done = elementOf("span", { role: "status" });
    const form = elementOf(
      "form",
      { class: "controls", "aria-label": "What the tune is to be" },
      label("Rhythm", "rhythm"),
      label("Metre", "meter"),
      label("Key", "key"),
      label("First bars", "beginning"),
      label("Constraint", "constraint"),
      label("Temperature", "temperature"),
      label("Seed", "seed"),
      button("Another seed", () => this.#composeAnother()),
      elementOf(
        "span",
        { class: "group", role: "group", "aria-label": "Bars that stay" },
        "Keep bars ",
        this.inputs.keepFrom,
        " to ",
        this.inputs.keepTo,
      ),
      compose,
      button("Stop", () => this.#stop()),
      button("Copy link", () => this.#copyLink()),
      done,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#compose();
    });
    const problem = elementOf("p", { class: "problem", role: "alert", hidden: "" });
    return { form, done, problem, tune: elementOf("pre", { "aria-label": "The tune as it is written" }) };
  }

  /** Draw the tune that the address names. */
  #followLink() {
    const settings = settingsOf(location.hash);
    if (!settings) return;
    const { beginning, kept, keptFrom, ...others } = settings;
    for (const name of Object.keys(others)) this.inputs[name].value = others[name];
    const isWhole = headerKey(beginning) !== "";
    this.inputs.beginning.value = isWhole ? "" : beginning;
    const bars = barSpans(kept).length;
    this.inputs.keepFrom.value = bars ? keptFrom : ""; // of the tune that is drawn now, they are the same bars
    this.inputs.keepTo.value = bars ? keptFrom + bars - 1 : "";
    this.#draw(settings);
  }

  #settings() {
    const { key, meter, rhythm, constraint, beginning } = this.inputs;
    return {
      key: key.value,
      meter: meter.value,
      rhythm: rhythm.value,
      temperature: Number(this.inputs.temperature.value) || 1,
      seed: Math.min(2 ** 31 - 1, Math.max(0, Math.trunc(Number(this.inputs.seed.value)) || 0)),
      constraint: constraint.value,
      ...(this.#keptBars() ?? { beginning: beginning.value.trim(), kept: "", keptFrom: 0 }),
    };
  }

  /** The bars that are to stay of the tune that is shown; null if none are. */
  #keptBars() {
    const [first, last] = [this.inputs.keepFrom, this.inputs.keepTo].map((input) => Math.trunc(Number(input.value)));
    if (!this.text || (first < 1 && last < 1)) return null;
    return keptBars(this.text, Math.max(1, first), last < 1 ? Infinity : Math.max(first, last));
  }

  #composeAnother() {
    this.inputs.seed.value = 1 + Math.floor(Math.random() * 99_999);
    this.#compose();
  }

  /** Draw a tune and put its settings into the address, which is the link to it. */
  #compose() {
    try {
      const settings = this.#settings();
      history.replaceState(null, "", linkOf(settings));
      this.#draw(settings);
    } catch (error) {
      this.#tell(error.message);
    }
  }

  async #copyLink() {
    const link = new URL(linkOf(this.drawn ?? this.#settings()), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      this.parts.done.textContent = "Copied.";
    } catch {
      this.parts.done.textContent = link;
    }
  }

  #stop() {
    this.run++;
  }

  /** Draw in slices, so that the page answers meanwhile. */
  async #draw(settings) {
    const run = ++this.run;
    this.parts.problem.hidden = true;
    this.parts.done.textContent = settings.keptFrom > 1 ? "Writing what goes before …" : "";
    try {
      await this.#grow(settings, run);
    } catch (error) {
      this.parts.done.textContent = "";
      this.#tell(error.message);
    }
  }

  #tell(problem) {
    this.parts.problem.textContent = problem;
    this.parts.problem.hidden = false;
  }

  async #grow(settings, run) {
    const draw = this.composer.draw(settings);
    let characters = "";
    for (let isOver = false; !isOver; ) {
      const lines = characters.split("\n").length;
      const until = performance.now() + SLICE;
      while (!isOver && performance.now() < until) {
        const { value, done } = draw.next();
        isOver = done;
        if (!done) characters += value;
      }
      if (run !== this.run) return;
      if (characters || isOver) this.#showGrown(characters, settings, isOver, lines);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  #showGrown(characters, settings, isOver, linesBefore) {
    this.drawn = settings;
    this.text = this.composer.text(characters, this.composer.keyOf(settings));
    this.parts.tune.textContent = this.text;
    this.parts.tune.hidden = isOver; // whoever shows the tune has its text too
    this.parts.done.textContent = isOver ? "The tune is written." : "";
    const hasMusic = headerKey(this.text) !== "";
    if (hasMusic && (isOver || characters.split("\n").length > linesBefore)) {
      const levels = isOver ? this.composer.knownLevels(characters) : null;
      this.showTune(`X:1\nT:${this.name}, seed ${settings.seed}\n${this.text}`, this.composer.tempoOf(this.text), levels);
    }
  }
}

/** Put the controls into an element of the page. */
function composerPanel(root, data, showTune) {
  return new ComposerPanel(root, data, showTune);
}
