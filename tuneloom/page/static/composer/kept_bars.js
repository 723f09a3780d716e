// The beginning of a tune, up to a bar line.

const BAR_LINE = /"[^"\n]*"|!(?=[^\n]*!)[^!\n]*!|\[[A-Za-z]:[^\]\n]*\]|(?<bar>[:|[\]]*[:|][:|[\]]*\d?)/g;

/** The tune up to the end of its first bars, counted by bar lines after music; all of it if it has fewer. */
function keptBars(text, count) {
  const header = /^(?:[A-Za-z]:[^\n]*\n)*/.exec(text)[0];
  const music = text.slice(header.length);
  let end = 0; // of the last bar line
  let bars = 0;
  for (const match of music.matchAll(BAR_LINE)) {
    if (match.groups.bar === undefined) continue;
    if (/[A-Ga-gz]/.test(music.slice(end, match.index)) && ++bars === count) {
      return header + music.slice(0, match.index) + match.groups.bar.replace(/\d$/, "");
    }
    end = match.index + match[0].length;
  }
  return text;
}
