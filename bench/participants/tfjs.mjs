// TensorFlow.js on its WebAssembly backend, which has SIMD and in Node one thread.
import tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { readProblem, writeResults } from "./problem.mjs";
import { repeated, serve } from "./serve.mjs";

const isKernel = (name) => /^(conv|up)\d+\.weight$/.test(name);
/** Monge's kernels are [out, height, width, in] and, transposed, [in, height, width, out]; here they are turned so that the first axis is last. */
const FIRST_AXIS_LAST = [1, 2, 3, 0];
const LAST_AXIS_FIRST = [3, 0, 1, 2];

function networksOf({ row, levels, layers }) {
  const images = row.network === "dcgan";
  const base = images && row.sample[0] / 2 ** levels;
  const dense = (p, name, x) => tf.add(tf.matMul(x, p[`${name}.weight`]), p[`${name}.bias`]);
  const mlp = (p, x) => {
    for (let layer = 1; layer < layers; layer++) x = tf.relu(dense(p, `dense${layer}`, x));
    return dense(p, `dense${layers}`, x);
  };
  return {
    generate(p, z) {
      if (!images) return mlp(p, z);
      let x = tf.reshape(dense(p, "dense", z), [z.shape[0], base, base, -1]);
      for (let level = 1; level <= levels; level++) {
        const weight = p[`up${level}.weight`];
        const shape = [x.shape[0], 2 * x.shape[1], 2 * x.shape[2], weight.shape[2]];
        x = tf.add(tf.conv2dTranspose(tf.relu(x), weight, shape, 2, "same"), p[`up${level}.bias`]);
      }
      return tf.tanh(x);
    },
    score(p, x) {
      if (!images) return mlp(p, x);
      for (let level = 1; level <= levels; level++) {
        x = tf.leakyRelu(tf.add(tf.conv2d(x, p[`conv${level}.weight`], 2, "same"), p[`conv${level}.bias`]), 0.2);
      }
      return dense(p, "dense", tf.reshape(x, [x.shape[0], -1]));
    },
  };
}

function createRun(problem) {
  const { row, inputs } = problem;
  const { generate, score } = networksOf(problem);
  const steps = inputs.map((step) =>
    Object.fromEntries(Object.entries(step).map(([name, { data, shape }]) => [name, tf.tensor(data, shape)])),
  );
  const variables = (player) =>
    Object.fromEntries(
      Object.entries(problem[player]).map(([name, { data, shape }]) => {
        const values = tf.tensor(data, shape);
        return [name, tf.variable(isKernel(name) ? tf.transpose(values, FIRST_AXIS_LAST) : values)];
      }),
    );
  const players = { generator: variables("generator"), critic: variables("critic") };
  const optimizers = { generator: tf.train.adam(1e-4, 0.5, 0.9, 1e-8), critic: tf.train.adam(1e-4, 0.5, 0.9, 1e-8) };
  const left = Object.fromEntries(
    Object.entries(problem.left).map(([name, { data }]) => [name, tf.variable(tf.tensor(data, [1, data.length]))]),
  );
  const right = {};

  const criticLoss = (onReal, onFake) =>
    row.loss === "bce"
      ? tf.add(tf.mean(tf.softplus(tf.neg(onReal))), tf.mean(tf.softplus(onFake)))
      : tf.sub(tf.mean(onFake), tf.mean(onReal));

  function penalty(weights, between) {
    const slope = tf.grad((x) => tf.sum(score(weights, x)))(between);
    const squares = tf.sum(tf.reshape(tf.square(slope), [between.shape[0], -1]), 1);
    return tf.mul(row.lambda, tf.mean(tf.square(tf.sub(tf.sqrt(tf.add(squares, 1e-12)), 1))));
  }

  /** Every weight over u W v. */
  function normalised(p) {
    const used = { ...p };
    for (const [name, u] of Object.entries(left)) {
      used[name] = tf.div(p[name], tf.sum(tf.mul(tf.matMul(u, asMatrix(p[name])), right[name])));
    }
    return used;
  }

  /** One power iteration of spectral normalisation. */
  function iteratePower() {
    for (const [name, u] of Object.entries(left)) {
      const matrix = asMatrix(players.critic[name]);
      right[name]?.dispose();
      right[name] = tf.keep(unit(tf.matMul(u, matrix)));
      u.assign(unit(tf.matMul(right[name], matrix, false, true)));
    }
  }

  function update(player, loss) {
    const { value, grads } = tf.variableGrads(loss, Object.values(players[player]));
    optimizers[player].applyGradients(grads);
    return value;
  }

  let count = 0;
  return {
    players,
    iterate() {
      const step = steps[count++ % steps.length];
      const k = step.real.shape[0];
      const [, n, latent] = step.latent.shape;
      return tf.tidy(() => {
        const latents = tf.reshape(tf.slice(step.latent, 0, k), [k * n, latent]);
        const fakes = tf.reshape(generate(players.generator, latents), step.real.shape);
        let value;
        for (let i = 0; i < k; i++) {
          value = tf.tidy(() => {
            const [real, fake, epsilon] = [step.real, fakes, step.epsilon].map((all) => row_(all, i));
            iteratePower();
            return update("critic", () => {
              const weights = normalised(players.critic);
              const [onReal, onFake] = tf.split(score(weights, tf.concat([real, fake])), 2);
              const loss = criticLoss(onReal, onFake);
              if (row.constraint !== "gp") return loss;
              const share = tf.reshape(epsilon, [n, ...row.sample.map(() => 1)]);
              const between = tf.add(tf.mul(share, real), tf.mul(tf.sub(1, share), fake));
              return tf.add(loss, penalty(weights, between));
            });
          });
        }
        const last = update("generator", () => {
          const scores = score(normalised(players.critic), generate(players.generator, row_(step.latent, k)));
          return tf.mean(tf.neg(row.loss === "bce" ? tf.softplus(scores) : scores));
        });
        return [value.dataSync()[0], last.dataSync()[0]];
      });
    },
  };
}

function row_(stacked, i) {
  return tf.squeeze(tf.slice(stacked, i, 1), [0]);
}

/** As Monge has it: the first axis against the others; of a kernel here, the last. */
function asMatrix(weight) {
  return weight.rank === 2 ? weight : tf.transpose(tf.reshape(weight, [-1, weight.shape[3]]));
}

function unit(x) {
  return tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x)), 1e-24)));
}

async function setUp({ problem: path, results }) {
  await tf.setBackend("wasm");
  const problem = readProblem(path);
  const { iterate, players } = createRun(problem);
  const losses = problem.inputs.map(iterate);
  const tensors = Object.entries(players).flatMap(([player, p]) =>
    Object.entries(p).map(([name, values]) => {
      const back = isKernel(name) ? tf.transpose(values, LAST_AXIS_FIRST) : values;
      return [`${player}.${name}`, { shape: back.shape, data: back.dataSync() }];
    }),
  );
  writeResults(results, Object.fromEntries(tensors));
  return { answer: { losses, settings: "SIMD, one thread: it has no more in Node" }, run: repeated(iterate) };
}

async function start({ problem }) {
  await tf.setBackend("wasm");
  const { iterate } = createRun(readProblem(problem));
  return { answer: { losses: [iterate()] }, run: repeated(iterate) };
}

await serve({ setUp, start });
