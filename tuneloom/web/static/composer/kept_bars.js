// The bars of a tune by their numbers, as the reader picks those that stay.

// Bar lines, and whatever else may have such signs in it; what has no end of its own runs to the end of the line.
const BAR_LINE = new RegExp(
  [
    /^[H-Wh-w]:[^\n]*/.source,
    /"[^"\n]*(?:"|$)/.source,
    /\[[H-Wh-w]:[^\]\n]*(?:\]|$)/.source,
    /(?<line>(?:\[?\||:[:|])(?:\[(?=\|)|[:|\]])*)/.source,
  ].join("|"),
  "gm",
);
const MUSIC = /[A-Ga-gxzXZ]/;

/** Where the bar lines of a tune end. */
function barLineEnds(text) {
  return [...text.matchAll(BAR_LINE)].filter(({ groups }) => groups.line).map((match) => match.index + match[0].length);
}

/**
 * The bars of a tune, each from the bar line before it to the end of its own; the number of an ending is part of
 * the bar that it begins, and a bar line before the first bar is part of that. Between two bar lines without music
 * is no bar, and music after the last one is none yet.
 */
function barSpans(text) {
  const ends = barLineEnds(text);
  const header = headerOf(text).length;
  const spans = ends.map((end, index) => ({ start: index ? ends[index - 1] : header, end }));
  const bars = spans.filter(({ start, end }) => MUSIC.test(text.slice(start, end)));
  return bars.map((bar, index) => (index ? bar : { ...bar, start: header }));
}

/** The lines of a tune above its music, of which K: is the last. */
function headerOf(text) {
  return /^(?:[A-Za-z]:[^\n]*\n)*?K:[^\n]*\n/.exec(text)?.[0] ?? "";
}

/**
 * The settings by which a tune is written again around some of its bars, counted from 1; all of them if it has fewer.
 */
function keptBars(text, first, last) {
  const spans = barSpans(text);
  if (first > spans.length) throw new Error(`The tune ends before bar ${first}.`);
  const bars = text.slice(spans[first - 1].start, spans[Math.min(last, spans.length) - 1].end);
  // Whether a line begins there is for the network to choose, but a field needs one.
  const kept = first > 1 ? bars.replace(/^\s+(?![A-Za-z]:)/, "") : bars;
  return { beginning: headerOf(text), kept, keptFrom: first };
}
