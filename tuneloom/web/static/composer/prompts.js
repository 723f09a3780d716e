// What tunes may begin with: the headers of the training tunes that have the wanted fields, as `generate` has it.

const FIELD_ORDER = "RMLK";

function splitHeader(text) {
  const lines = text.split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line[0], line.slice(2)]));
}

function joinHeader(fields, letters = FIELD_ORDER) {
  return [...letters].filter((letter) => letter in fields).map((letter) => `${letter}:${fields[letter]}\n`).join("");
}

/** All headers up to the last wanted field, of {R, M, K}; fields before it that are free vary. */
function headerPrompts(headers, wanted) {
  const letters = Object.keys(wanted);
  if (!letters.length) return [""];
  letters.forEach((letter) => checkKnown(headers, letter, wanted[letter]));
  const known = headers.beginnings.map(splitHeader);
  const before = { ...wanted };
  delete before.K; // each of the keys goes with each of the other fields
  const fitting = known.filter((header) => Object.keys(before).every((letter) => header[letter] === before[letter]));
  const units = [...new Set(known.map((header) => header.L).filter(Boolean))].sort();
  const found = fitting.length ? fitting : units.map((unit) => ({ ...before, L: unit }));
  const last = Math.max(...letters.map((letter) => FIELD_ORDER.indexOf(letter)));
  const upTo = FIELD_ORDER.slice(0, last + 1);
  return [...new Set(found.map((header) => joinHeader({ ...header, ...wanted }, upTo)))];
}

function checkKnown(headers, letter, value) {
  const values = letter === "K" ? headers.keys : headers.beginnings.map((text) => splitHeader(text)[letter]);
  if (!values.includes(value)) throw new Error(`No tune that the network learned from has ${letter}:${value}.`);
}

/** The first known key whose tunes are spelled like those in `key`; empty if it is known itself, or none is. */
function standInFor(key, headers) {
  if (!key || headers.keys.includes(key)) return "";
  const alike = oneTonicKey(key);
  return headers.keys.find((other) => oneTonicKey(other) === alike) ?? "";
}
