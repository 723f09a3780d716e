// An LSTM over characters which also reads aids and may repeat what stood before; docs/network.md defines it.

const RUN_BUCKETS = 10;
const TINY = 1e-37; // keeps the logarithm of a share finite

class ComposingNetwork {
  /** `layout` has the sizes of the features and the number of pointers; both are empty without aids. */
  constructor({ units, layers, vocabularySize, layout, weights }) {
    const get = (name) => unpackFloats(weights[name]);
    this.units = units;
    this.vocabularySize = vocabularySize;
    this.pointers = layout.pointers;
    this.layers = Array.from({ length: layers }, (_, index) => ({
      kernel: get(`lstm_${index + 1}.kernel`),
      recurrentKernel: get(`lstm_${index + 1}.recurrent_kernel`),
      bias: get(`lstm_${index + 1}.bias`),
    }));
    this.output = { kernel: get("logits.kernel"), bias: get("logits.bias") };
    this.hintLogits = "hint_logits.kernel" in weights ? get("hint_logits.kernel") : null; // a row for each hint
    const sizes = [...layout.feature_sizes, ...Array(layout.pointers).fill(RUN_BUCKETS)];
    this.hintStarts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0));
    this.projectInputs(get("embedding.embeddings"), sizes.length ? get("aid_embedding.kernel") : null);
    if (layout.pointers) this.splitGates(get("gates.kernel"), get("gates.bias"));
  }

  /** Multiply the embeddings into the first kernel once, so that a token or a hint is a row of a table. */
  projectInputs(embeddings, hintEmbeddings) {
    const { kernel, bias } = this.layers[0];
    const width = 4 * this.units;
    const embedding = embeddings.length / this.vocabularySize;
    const split = embedding * width;
    this.tokenTable = tableOf(embeddings, embedding, kernel.subarray(0, split), width, bias);
    const size = kernel.length / width - embedding;
    this.hintTable = hintEmbeddings && tableOf(hintEmbeddings, size, kernel.subarray(split), width);
  }

  splitGates(kernel, bias) {
    const split = this.units * this.pointers;
    this.gates = { fromOutputs: kernel.subarray(0, split), fromHints: kernel.subarray(split), bias };
  }

  /** The state at the beginning of a tune. */
  begin() {
    const zeros = () => new Float32Array(this.units);
    return this.layers.map(() => ({ h: zeros(), c: zeros() }));
  }

  /** The logits of the next token after this one, given the columns of the aids; changes the state. */
  step(state, token, columns) {
    const hints = this.hintsOf(columns);
    let outputs;
    this.layers.forEach((layer, index) => {
      const { h, c } = state[index];
      const gates = index ? this.projected(layer, outputs) : this.firstProjection(token, hints);
      addProduct(gates, h, layer.recurrentKernel);
      stepCell(gates, h, c);
      outputs = h;
    });
    const logits = Float32Array.from(this.output.bias);
    addProduct(logits, outputs, this.output.kernel);
    if (this.hintLogits) for (const hint of hints) addRow(logits, this.hintLogits, hint);
    return this.pointers ? this.mixed(logits, outputs, hints, columns.candidates) : logits;
  }

  /** The rows that stand for the values of the features and runs. */
  hintsOf({ features, runs }) {
    return [...features, ...runs].map((value, index) => this.hintStarts[index] + value);
  }

  firstProjection(token, hints) {
    const width = 4 * this.units;
    const gates = this.tokenTable.slice(token * width, (token + 1) * width);
    for (const hint of hints) addRow(gates, this.hintTable, hint);
    return gates;
  }

  projected(layer, inputs) {
    const gates = Float32Array.from(layer.bias);
    addProduct(gates, inputs, layer.kernel);
    return gates;
  }

  /** The logarithm of the mixture of the network's own choice and the candidates of the pointers. */
  mixed(logits, outputs, hints, candidates) {
    const scores = Float32Array.from(this.gates.bias);
    addProduct(scores, outputs, this.gates.fromOutputs);
    for (const hint of hints) addRow(scores, this.gates.fromHints, hint);
    const present = Array.from(scores, (score, index) => (candidates[index] ? score : -Infinity));
    const [own, ...shares] = softmax([0, ...present]);
    const mixture = softmax(logits).map((probability) => own * probability);
    candidates.forEach((token, index) => {
      mixture[token] += shares[index];
    });
    return mixture.map((probability) => Math.log(probability + TINY));
  }
}

/** A row for each row of `vectors`, (rows, size) @ (size, width), plus a bias. */
function tableOf(vectors, size, kernel, width, bias = null) {
  const rows = vectors.length / size;
  const table = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const sums = table.subarray(row * width, (row + 1) * width);
    if (bias) sums.set(bias);
    addProduct(sums, vectors.subarray(row * size, (row + 1) * size), kernel);
  }
  return table;
}

/** The probabilities of scores, as doubles. */
function softmax(scores) {
  const values = Float64Array.from(scores);
  const largest = Math.max(...values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] = Math.exp(values[i] - largest);
  return values.map((value) => value / sum);
}
