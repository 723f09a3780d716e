// Music that is spelled in one tonic, C, below a header with its own key, as in corpus/training_text/keys.

const KEY_LINE = /^K:([^\n]*)\n/m;
const ONE_TONIC_CHARACTERS = "#',=ABCDEFG^_abcdefg"; // what a text in C may have that its own key does not need
const TEXT_END = /(?![\s\S])/.source;
// What is moved, and what has letters that are no notes; a sign without its end runs as far as it can.
const SIGN = new RegExp(
  [
    /(?<note>[\^_=]*[A-Ga-g][,']*|[\^_=]+)/.source,
    `(?<quote>"(?:[^"\\\\\\n]|\\\\[^\\n])*(?:"|\\\\${TEXT_END})?)`,
    /(?<name>![^! \t\n|:[\]]*!?)/.source,
    `(?<inline>\\[(?:[H-Wh-w](?::[^\\n\\]|]*|${TEXT_END})|${TEXT_END}))`,
    `(?<line>^[H-Wh-w](?::[^\\n]*|${TEXT_END}))`,
  ].join("|"),
  "gm",
);
const CHORD_ROOT = /(?<=["/])([A-G])([#b]?)(?![#b])(?=[^a-z]|m|dim|aug|sus|add|alt|(?:d|di|a|au|ad|al|s|su)?$)/g;
const KEY_ACCIDENTAL = /([\^_=]+)([A-Ga-g])(?![A-Za-z0-9])/g;
const ROOT_ACCIDENTALS = { 1: "#", 0: "", "-1": "b" };

/** The music of a text spelled in C; as it is if its header names no tonic. */
function toOneTonic(text) {
  return movedText(text, -1);
}

/** The music of a text of `toOneTonic` spelled in its key, or in `key` in place of it. */
function toOwnKey(text, key = "") {
  return movedText(key ? withKey(text, key) : text, 1);
}

/** The value of the first K: line of a text; empty if no such line has ended. */
function headerKey(text) {
  return KEY_LINE.exec(text)?.[1] ?? "";
}

/** The text with another value in its first K: line. */
function withKey(text, key) {
  return text.replace(KEY_LINE, () => `K:${key}\n`);
}

/** The value of K: with its tonic moved to C: the same for all keys whose tunes are spelled alike. */
function oneTonicKey(value) {
  return new KeyMove(value, -1).key(value);
}

/**
 * The lines in C that become lines in a key which begin with this one.
 *
 * How the last sign is spelled may depend on the next character, which is then part of each: `c` in D is `B`, and with
 * a comma after it would be another pitch. `characters` are those that the network writes.
 */
function lineReadings(line, key, characters) {
  const header = `K:${key}\n`;
  const toNetwork = (music) => toOneTonic(header + music).slice(header.length);
  const isBegun = (moved) => toOwnKey(header + moved).slice(header.length).startsWith(line);
  const following = new Set([...characters, ...ONE_TONIC_CHARACTERS]);
  // After an accidental, another would leave it as open as before.
  if (/[\^_=]$/.test(line)) for (const sign of "^_=") following.delete(sign);
  const longer = [...new Set([...following].map((char) => toNetwork(line + char)))].filter(isBegun).sort();
  const moved = toNetwork(line);
  const isComplete = characters.every((char) => isBegun(moved + char));
  if (isComplete && longer.every((other) => other.startsWith(moved))) return [moved];
  const found = [];
  for (const other of longer) {
    if (!found.length || !other.startsWith(found.at(-1))) found.push(other);
  }
  return found.length ? found : [moved];
}

function movedText(text, direction) {
  const line = KEY_LINE.exec(text);
  if (!line) return text;
  const move = new KeyMove(line[1], direction);
  if (!move.moves) return text;
  const start = line.index + line[0].length;
  // With the line feed before it, so that the start of the music is the start of a line.
  return text.slice(0, start) + text.slice(start - 1).replace(SIGN, (...match) => move.sign(match)).slice(1);
}

class KeyMove {
  /** From C to a key, or with direction -1 the other way. */
  constructor(key, direction) {
    const { tonic } = splitKey(key.trim());
    this.moves = tonic !== "" && tonic !== "C";
    this.fifths = tonic ? direction * fifthsOf(tonic) : 0;
    this.degrees = tonic ? direction * LETTERS.indexOf(tonic[0]) : 0;
  }

  /** A match of `SIGN`, moved. */
  sign(match) {
    const text = match[0];
    const { note, quote, inline, line } = match.at(-1);
    if (note) return this.note(text);
    if (quote) return text.replace(CHORD_ROOT, (_, letter, sign) => this.tonic(letter + sign));
    const colon = text.indexOf(":");
    if ((inline || line) && colon >= 0 && /K$/.test(text.slice(0, colon))) {
      return text.slice(0, colon + 1) + this.key(text.slice(colon + 1));
    }
    return text;
  }

  /** An accidental and a pitch, or one of them alone. */
  note(text) {
    const accidental = /^[\^_=]*/.exec(text)[0];
    const pitch = text.slice(accidental.length);
    if (!pitch) return text;
    return this.accidental(accidental, pitch[0].toUpperCase())[0] + spellDegree(degreeOf(pitch) + this.degrees);
  }

  /** The value of a K: field, moved. */
  key(value) {
    const key = value.replace(/^[ \t]+/, "");
    const { tonic } = splitKey(key);
    if (!tonic) return value;
    const rest = key.slice(tonic.length).replace(KEY_ACCIDENTAL, (_, accidental, letter) => {
      const [sign, moved] = this.accidental(accidental, letter.toUpperCase());
      return sign + (letter === letter.toLowerCase() ? moved.toLowerCase() : moved);
    });
    return value.slice(0, value.length - key.length) + this.tonic(tonic) + rest;
  }

  /** The accidental of a letter, and the letter, moved; one that is none of the five stays. */
  accidental(accidental, letter) {
    const alter = ALTERATIONS[accidental];
    const [moved, altered] = transposedLetter(letter, alter ?? 0, this.fifths);
    if (alter === undefined) return [accidental, moved];
    return [SPELLED_ACCIDENTALS.get(modulo(altered + 2, 5) - 2), moved];
  }

  /** A tonic or the root of a chord, with one accidental at most. */
  tonic(tonic) {
    const [letter, alter] = transposedLetter(tonic[0], TONIC_ACCIDENTALS[tonic.slice(1)], this.fifths);
    return letter + ROOT_ACCIDENTALS[modulo(alter + 1, 3) - 1];
  }
}
