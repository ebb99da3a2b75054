// jax-js on its WebAssembly backend: an update of the critic and one of the generator, gradients and Adam included, are one compiled
// function each. Its arrays have owners: an operation uses up what it is given, and `.ref` keeps it.
import { defaultDevice, grad, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { readProblem, writeResults } from "./problem.mjs";
import { repeated, serve } from "./serve.mjs";

const [RATE, BETA1, BETA2, EPSILON] = [1e-4, 0.5, 0.9, 1e-8];
const isKernel = (name) => /^(conv|up)\d+\.weight$/.test(name);
/** Between NHWC and NCHW, for kernels too. */
const CHANNELS_FIRST = [0, 3, 1, 2];
const CHANNELS_LAST = [0, 2, 3, 1];

/** jax-js 0.1.25 computes other numbers for the gradient of W / sigma(W) when it is compiled than when it is not. */
const isCompiled = (row) => row.constraint !== "sn";

function networksOf({ row, levels, layers }) {
  const images = row.network === "dcgan";
  const base = images && row.sample[0] / 2 ** levels;
  const dense = (p, name, x) => np.matmul(x, p[`${name}.weight`].ref).add(p[`${name}.bias`].ref);
  const biased = (p, name, x) => x.add(p[`${name}.bias`].ref.reshape([1, -1, 1, 1]));
  const mlp = (p, x) => {
    for (let layer = 1; layer < layers; layer++) x = nn.relu(dense(p, `dense${layer}`, x));
    return dense(p, `dense${layers}`, x);
  };
  const padding = [
    [1, 1],
    [1, 1],
  ];
  return {
    generate(p, z) {
      if (!images) return mlp(p, z);
      let x = dense(p, "dense", z).reshape([z.shape[0], base, base, -1]).transpose(CHANNELS_FIRST);
      for (let level = 1; level <= levels; level++) {
        const options = { transposeKernel: true };
        const kernel = p[`up${level}.weight`].ref;
        x = biased(p, `up${level}`, lax.convTranspose(nn.relu(x), kernel, [2, 2], padding, options));
      }
      return np.tanh(x).transpose(CHANNELS_LAST);
    },
    score(p, x) {
      if (!images) return mlp(p, x);
      x = x.transpose(CHANNELS_FIRST);
      for (let level = 1; level <= levels; level++) {
        const kernel = p[`conv${level}.weight`].ref;
        x = nn.leakyRelu(biased(p, `conv${level}`, lax.convGeneralDilated(x, kernel, [2, 2], padding)), 0.2);
      }
      const flat = x.transpose(CHANNELS_LAST);
      return dense(p, "dense", flat.reshape([flat.shape[0], -1]));
    },
  };
}

/** The compiled functions that an iteration calls. */
function functionsOf(problem) {
  const { row } = problem;
  const { generate, score } = networksOf(problem);
  const made = isCompiled(row) ? jit : (fn) => fn;

  function criticLoss(p, left, right, real, fake, epsilon) {
    const n = real.shape[0];
    const weights = normalised(p, left, right);
    const scores = score(weights, np.concatenate([real.ref, fake.ref]));
    const [onReal, onFake] = np.split(scores, 2);
    const loss =
      row.loss === "bce"
        ? np.mean(nn.softplus(onReal.neg())).add(np.mean(nn.softplus(onFake)))
        : np.mean(onFake).sub(np.mean(onReal));
    if (row.constraint !== "gp") return loss;
    const share = epsilon.ref.reshape([n, ...row.sample.map(() => 1)]);
    const between = share.ref.mul(real.ref).add(np.array(1).sub(share).mul(fake.ref));
    const slope = grad((x) => np.sum(score(weights, x)))(between);
    const norms = np.sqrt(np.sum(np.square(slope).reshape([n, -1]), 1).add(1e-12));
    return loss.add(np.mean(np.square(norms.sub(1))).mul(row.lambda));
  }

  function generatorLoss(p, critic, left, right, latent) {
    const scores = score(normalised(critic, left, right), generate(p, latent.ref));
    return np.mean(row.loss === "bce" ? nn.softplus(scores) : scores).neg();
  }

  return {
    generate: made(generate),
    critic: made((player, left, real, fake, epsilon, rates) => {
      const vectors = iterated(player.p, left);
      const [value, gradient] = valueAndGrad(criticLoss)(
        tree.ref(player.p),
        tree.ref(vectors.left),
        tree.ref(vectors.right),
        real,
        fake,
        epsilon,
      );
      return { value, player: adam(player, gradient, rates), ...vectors };
    }),
    generator: made((player, critic, left, right, latent, rates) => {
      const [value, gradient] = valueAndGrad(generatorLoss)(tree.ref(player.p), critic, left, right, latent);
      return { value, player: adam(player, gradient, rates) };
    }),
  };
}

/** One power iteration of spectral normalisation: the next left vectors u, and the right vectors v. */
function iterated(p, vectors) {
  const [left, right] = [{}, {}];
  for (const [name, u] of Object.entries(vectors)) {
    const matrix = asMatrix(p[name]);
    right[name] = unit(np.matmul(u, matrix.ref));
    left[name] = unit(np.matmul(right[name].ref, matrix.transpose()));
  }
  return { left, right };
}

/** Every weight over u W v. */
function normalised(p, left, right) {
  const used = { ...p };
  for (const [name, u] of Object.entries(left)) {
    const sigma = np.sum(np.matmul(u.ref, asMatrix(p[name])).mul(right[name].ref));
    used[name] = p[name].ref.div(sigma);
  }
  return used;
}

/** As Monge has it, the first axis against the others; of a kernel these are in another order here, which sigma does not mind. */
function asMatrix(weight) {
  return weight.ref.reshape([weight.shape[0], -1]);
}

function unit(x) {
  return x.ref.div(np.sqrt(np.sum(np.square(x)).add(1e-24)));
}

function adam({ p, m, v }, gradient, rates) {
  const [rate, floor] = np.split(rates, 2);
  const next = { p: {}, m: {}, v: {} };
  for (const [name, g] of Object.entries(gradient)) {
    next.m[name] = m[name].mul(BETA1).add(g.ref.mul(1 - BETA1));
    next.v[name] = v[name].mul(BETA2).add(np.square(g).mul(1 - BETA2));
    const shape = p[name].shape;
    const descent = next.m[name].ref.div(np.sqrt(next.v[name].ref).add(floor.ref.reshape(shape.map(() => 1))));
    next.p[name] = p[name].sub(descent.mul(rate.ref.reshape(shape.map(() => 1))));
  }
  return next;
}

function createRun(problem) {
  const functions = functionsOf(problem);
  const array = ({ data, shape }) => np.array(data, { shape });
  const player = (name) => {
    const p = Object.fromEntries(
      Object.entries(problem[name]).map(([key, value]) => {
        return [key, isKernel(key) ? array(value).transpose(CHANNELS_FIRST) : array(value)];
      }),
    );
    const zeros = () => tree.map((values) => np.zeros(values.shape), p);
    return { p, m: zeros(), v: zeros() };
  };
  const players = { generator: player("generator"), critic: player("critic") };
  const updates = { generator: 0, critic: 0 };
  let left = Object.fromEntries(
    Object.entries(problem.left).map(([name, { data }]) => [name, np.array(data, { shape: [1, data.length] })]),
  );
  const steps = problem.inputs.map(({ real, latent, epsilon }) => {
    const [k, n] = real.shape;
    const rows = (tensor, first, count) => {
      const [, ...shape] = tensor.shape;
      const size = shape.reduce((product, length) => product * length);
      return np.array(tensor.data.slice(first * size, (first + count) * size), {
        shape: [count * shape[0], ...shape.slice(1)],
      });
    };
    return {
      n,
      batches: Array.from({ length: k }, (_, i) => ({ real: rows(real, i, 1), epsilon: rows(epsilon, i, 1) })),
      latents: rows(latent, 0, k),
      last: rows(latent, k, 1),
    };
  });

  /** Adam's factors for the next update. */
  function rates(name) {
    const t = ++updates[name];
    const root = Math.sqrt(1 - BETA2 ** t);
    return np.array(Float32Array.of((RATE * root) / (1 - BETA1 ** t), EPSILON * root));
  }

  let count = 0;
  return {
    players,
    async iterate() {
      const { batches, latents, last } = steps[count++ % steps.length];
      const fakes = np.split(functions.generate(tree.ref(players.generator.p), latents.ref), batches.length);
      let value;
      let right;
      for (const [i, { real, epsilon }] of batches.entries()) {
        value?.dispose();
        tree.dispose(right);
        const done = functions.critic(players.critic, left, real.ref, fakes[i], epsilon.ref, rates("critic"));
        ({ value, player: players.critic, left, right } = done);
      }
      const done = functions.generator(
        players.generator,
        tree.ref(players.critic.p),
        tree.ref(left),
        right,
        last.ref,
        rates("generator"),
      );
      players.generator = done.player;
      return [(await value.data())[0], (await done.value.data())[0]];
    },
  };
}

async function setUp({ problem: path, results }) {
  const problem = await prepared(path);
  const { iterate, players } = createRun(problem);
  const losses = [];
  for (const _ of problem.inputs) losses.push(await iterate());
  const tensors = {};
  for (const [player, { p }] of Object.entries(players)) {
    for (const [name, values] of Object.entries(p)) {
      const back = isKernel(name) ? values.ref.transpose(CHANNELS_LAST) : values.ref;
      tensors[`${player}.${name}`] = { shape: back.shape, data: new Float32Array(await back.data()) };
    }
  }
  writeResults(results, tensors);
  const settings = isCompiled(problem.row) ? "compiled" : "not compiled, which would change its results";
  return { answer: { losses, settings }, run: repeated(iterate) };
}

async function start({ problem }) {
  const { iterate } = createRun(await prepared(problem));
  return { answer: { losses: [await iterate()] }, run: repeated(iterate) };
}

async function prepared(path) {
  await init("wasm");
  defaultDevice("wasm");
  return readProblem(path);
}

await serve({ setUp, start });
