// Arrays of numbers as base64, little-endian, as `packed.py` writes them.

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The value of 16 bits as IEEE 754 binary16. */
function float16(bits) {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** {type: "float16" | "float32", data} as a Float32Array. */
function unpackFloats({ type, data }) {
  const { buffer } = bytesOf(data);
  return type === "float32" ? new Float32Array(buffer) : Float32Array.from(new Uint16Array(buffer), float16);
}

/** Unsigned 16-bit integers. */
function unpackIntegers(data) {
  return new Uint16Array(bytesOf(data).buffer);
}
