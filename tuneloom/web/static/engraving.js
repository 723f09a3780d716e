// Scores, engraved by abcjs.

const STAFF_WIDTH = 740; // of a score on a wide page; it is scaled to the width there is
const PRINTED_WIDTH = 860; // the same on paper, where a staff is 6.5 mm high
const NARROW = 560; // pixels, below which lines are broken anew
const UNPRINTED = /^(?:[A-DF-JNOQRSTWZrsw]:|%%)/; // lines of no use to the first bars
const HEADER = /^[A-Za-z+]:|^%/;

/**
 * A score in the page.
 *
 * @typedef {object} Score
 * @property {object} tune - what abcjs read
 * @property {{start: number, end: number, isBar: boolean, svg: Element[]}[]} elements - by their place
 *     in the text; of a tune with voices, those of the first come first
 */

/**
 * Engrave a text in place of what is in `host`, which must be laid out.
 *
 * @param {HTMLElement} host
 * @param {string} abc
 * @param {object} options
 * @param {string} options.label - the accessible name of the score
 * @param {number} [options.transpose] - in semitones
 * @param {boolean} [options.print] - for paper, whatever the width of the window
 * @param {(offset: number) => void} [options.onClick] - where the note begins that was clicked
 * @returns {Score}
 * @throws whatever abcjs throws at a text that it cannot read
 */
function engrave(host, abc, {label, transpose = 0, print = false, onClick}) {
  const width = host.clientWidth || STAFF_WIDTH;
  const narrow = !print && width < NARROW;
  const settings = {
    add_classes: true,
    staffwidth: print ? PRINTED_WIDTH : narrow ? Math.max(260, width - 30) : STAFF_WIDTH,
    visualTranspose: transpose,
    paddingtop: 4,
    paddingbottom: 8,
    paddingleft: 4,
    paddingright: 4,
    selectTypes: false, // which would make each note a stop of the Tab key
  };
  if (narrow) settings.wrap = {minSpacing: 1.5, maxSpacing: 2.6, preferredMeasuresPerLine: 3};
  const [tune] = ABCJS.renderAbc(host, print ? abc : withoutTitle(abc), settings);
  fitToWidth(host, label);
  if (print) cutBelow(host);
  const elements = placedElements(tune);
  if (onClick) {
    host.onclick = ({target}) => {
      const clicked = elements.find((element) => !element.isBar && element.svg.some((svg) => svg.contains(target)));
      if (clicked) onClick(clicked.start);
    };
  }
  return {tune, elements};
}

/** The text with its first title as a comment of the same length: the page shows it above the score. */
function withoutTitle(abc) {
  return abc.replace(/^T:/m, "% ");
}

/** Let the picture follow the width of the page, which abcjs's own way does by inline styles. */
function fitToWidth(host, label) {
  host.removeAttribute("style");
  for (const svg of host.querySelectorAll("svg")) {
    const [width, height] = ["width", "height"].map((name) => parseFloat(svg.getAttribute(name)));
    if (width && height) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.removeAttribute("style");
    svg.style.maxWidth = `${width}px`;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    svg.querySelector(":scope > title")?.remove();
  }
}

/** Cut the picture off below what is in it, since abcjs leaves room there. */
function cutBelow(host) {
  for (const svg of host.querySelectorAll("svg")) {
    const {y, height} = svg.getBBox();
    const view = svg.viewBox.baseVal;
    if (height && view.height) view.height = Math.min(view.height, Math.ceil(y + height));
  }
}

/** @returns {Score["elements"]} */
function placedElements(tune) {
  const voices = [];
  for (const line of tune.lines) {
    (line.staff ?? []).flatMap((staff) => staff.voices).forEach((voice, index) => {
      (voices[index] ??= []).push(...voice);
    });
  }
  return voices.flat()
    .filter((element) => element.startChar >= 0 && element.abselem)
    .map((element) => ({
      start: element.startChar,
      end: element.endChar,
      isBar: element.el_type === "bar",
      svg: (element.abselem.elemset ?? []).filter(Boolean),
    }));
}

/** The pictures of what stands between two places of the text. */
function picturesBetween(score, start, end) {
  return score.elements
    .filter((element) => element.start < Math.max(end, start + 1) && element.end > start)
    .flatMap((element) => element.svg);
}

/**
 * The bars of the first voice, each from its first character to its bar line.
 *
 * @param {Score} score
 * @returns {{start: number, end: number}[]}
 */
function barsOf(score) {
  const bars = [];
  let start = -1;
  for (const element of score.elements) {
    if (bars.length && element.start < bars.at(-1).start) break; // the next voice
    if (!element.isBar && start < 0) start = element.start;
    if (element.isBar && start >= 0) {
      bars.push({start, end: element.end});
      start = -1;
    }
  }
  if (start >= 0) bars.push({start, end: Infinity});
  return bars;
}

/** What abcjs has to say against a text; it gives a line of HTML for each. @returns {string[]} */
function warningsOf(score) {
  return (score.tune.warnings ?? []).map((warning) =>
    new DOMParser().parseFromString(warning, "text/html").body.textContent.replace("Music Line:", "line "));
}

/** The text of a tune's first bars, without titles and words. */
function incipitOf(entry) {
  const lines = entry.abc.slice(0, entry.incipit || undefined).split("\n");
  const first = lines.findIndex((line) => line.startsWith("K:"));
  const header = lines.slice(0, first + 1).filter((line) => /^[XMLKUVm]:/.test(line));
  const music = lines.slice(first + 1).filter((line) => !UNPRINTED.test(line) || isMusic(line));
  const bars = entry.incipit ? music : music.slice(0, 1);
  return `${header.join("\n")}\n${bars.join("\n").trimEnd()}${entry.incipit ? "|" : ""}\n`;
}

/** Lines such as `G:|` are music, though they look like a field. */
function isMusic(line) {
  return /^[A-Ga-g]:[|:]/.test(line);
}
