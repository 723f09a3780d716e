// Files that the reader takes from the page.

/**
 * @param {Blob} blob
 * @param {string} name
 */
function saveFile(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name that every system takes, from a title. */
function fileNameOf(title, suffix) {
  const plain = title.normalize("NFD").replace(/[^\w \-]/g, "").trim().replace(/ +/g, "-");
  return `${plain.slice(0, 60) || "tune"}.${suffix}`;
}

/**
 * One channel of sound as a WAV file of 16 bits.
 *
 * @param {AudioBuffer} sound
 */
function wavOf(sound) {
  const samples = sound.getChannelData(0);
  const header = new DataView(new ArrayBuffer(44));
  const bytes = samples.length * 2;
  const text = (at, letters) => [...letters].forEach((letter, index) =>
    header.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  header.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, sound.sampleRate, true);
  header.setUint32(28, sound.sampleRate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, bytes, true);
  const words = Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767));
  return new Blob([header, words], {type: "audio/wav"});
}
