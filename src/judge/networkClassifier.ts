import { compile, type TensorData } from "../engine/index.js";
import { type Alone, trainAlone } from "../game/alone.js";
import { row } from "../game/inputs.js";
import { applied, type Player } from "../game/player.js";
import { binaryCrossEntropy } from "../losses/bce.js";
import { mlp } from "../networks/index.js";
import { adamw, cosine } from "../optimizers/index.js";
import { createRng } from "../random.js";
import type { EncodedRows } from "./encodedRows.js";

/** A network that tells rows of label 1 from rows of label 0; it is trained anew for each part of a cross-validation. */
export interface NetworkClassifier {
  /**
   * @param rows the places of the rows to train on
   * @param labels of all rows: 0 or 1
   * @returns the logit of each row, those that it was not trained on too
   */
  classify(rows: Int32Array, labels: Uint8Array, turn: () => Promise<void>): Promise<Float64Array>;
  release(): Promise<void>;
}

const HIDDEN = [128, 128];
const BATCH = 256;
/** Times that each row is seen. */
const EPOCHS = 12;
const LEARNING_RATE = 2e-3;
const WEIGHT_DECAY = 0.1;
/** Updates in one run of the engine, and rows that are classified in one. */
const UPDATES = 8;
const CHUNK = UPDATES * BATCH;
/** More would wait for each other longer than such small products take. */
const THREADS = 1;

/**
 * Prepares a multilayer perceptron of two hidden layers on encoded rows, trained by cross-entropy.
 * @param trained rows that each training has, which set how long it lasts
 */
export async function networkClassifier(
  encoded: EncodedRows,
  trained: number,
  seed: number,
): Promise<NetworkClassifier> {
  const { width } = encoded;
  const updates = UPDATES * Math.max(10, Math.ceil((EPOCHS * trained) / CHUNK));
  const player: Player = {
    network: mlp({ input: width, output: 1, hidden: HIDDEN, activation: "relu" }),
    optimizer: adamw({
      learningRate: { initial: LEARNING_RATE, schedule: cosine({ over: updates }) },
      weightDecay: WEIGHT_DECAY,
    }),
  };
  const specs = { x: { shape: [UPDATES, BATCH, width] }, y: { shape: [UPDATES, BATCH, 1] } };
  const training: Alone<{ x: TensorData; y: TensorData }> = await trainAlone(player, createRng(seed), {
    specs,
    name: "classifier",
    updates: UPDATES,
    threads: THREADS,
    terms: ({ apply }, { x, y }, k) => ({ "cross-entropy": binaryCrossEntropy(row(y, k), apply(row(x, k))) }),
  });
  const first = training.state();
  const use = await compile(
    ({ state, x }) => ({ logits: applied(player, training.layout, state, { training: false }).apply(x) }),
    { state: first, x: { shape: [CHUNK, width] } },
    { threads: THREADS },
  );

  return {
    async classify(rows, labels, turn) {
      const rng = createRng(seed + 1);
      training.restart(first, 0);
      for (let done = 0; done < updates; done += UPDATES) {
        const places = Int32Array.from({ length: CHUNK }, () => rows[rng.integer(rows.length)]!);
        const y = Float32Array.from(places, (place) => labels[place]!);
        await training.update({
          x: { ...specs.x, data: dense(encoded, places) },
          y: { ...specs.y, data: y },
        });
        await turn();
      }
      const found = new Float64Array(encoded.rows);
      for (let start = 0; start < encoded.rows; start += CHUNK) {
        const places = Int32Array.from({ length: CHUNK }, (_, k) => Math.min(start + k, encoded.rows - 1));
        const x = { shape: [CHUNK, width], data: dense(encoded, places) };
        const { logits } = await use.run({ state: training.state(), x });
        found.set(logits.data.subarray(0, encoded.rows - start), start);
        await turn();
      }
      return found;
    },
    async release() {
      await Promise.all([training.release(), use.release()]);
    },
  };
}

/** Some rows in full, `[places, width]`. */
function dense({ numbers, numberCount, codes, codeCount, width }: EncodedRows, places: Int32Array): Float32Array {
  const values = new Float32Array(places.length * width);
  places.forEach((place, i) => {
    values.set(numbers.subarray(place * numberCount, (place + 1) * numberCount), i * width);
    for (let k = 0; k < codeCount; k++) values[i * width + codes[place * codeCount + k]!] = 1;
  });
  return values;
}
