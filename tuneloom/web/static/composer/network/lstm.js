// The recurrence of keras.layers.LSTM for one tune, in float32.

/** Add `vector @ matrix` to `sums`; the matrix is stored by rows. Four rows are read in one pass. */
function addProduct(sums, vector, matrix) {
  const width = sums.length;
  const rows = vector.length;
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) {
    const a = vector[row];
    const b = vector[row + 1];
    const c = vector[row + 2];
    const d = vector[row + 3];
    const first = row * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    for (let k = 0; k < width; k++) {
      sums[k] += a * matrix[first + k] + b * matrix[second + k] + c * matrix[third + k] + d * matrix[fourth + k];
    }
  }
  for (let row = whole; row < rows; row++) addRow(sums, matrix, row, vector[row]);
}

/** Add a row of a matrix to `sums`, times a factor. */
function addRow(sums, matrix, row, factor = 1) {
  const start = row * sums.length;
  for (let k = 0; k < sums.length; k++) sums[k] += factor * matrix[start + k];
}

function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

/** One step from gate inputs (4 units: input, forget, cell, output) that changes output `h` and memory `c`. */
function stepCell(gates, h, c) {
  const units = h.length;
  for (let i = 0; i < units; i++) {
    const written = sigmoid(gates[i]) * Math.tanh(gates[2 * units + i]);
    c[i] = sigmoid(gates[units + i]) * c[i] + written;
    h[i] = sigmoid(gates[3 * units + i]) * Math.tanh(c[i]);
  }
}
