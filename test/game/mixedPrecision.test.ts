import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import {
  type AllReduce,
  compile,
  type FloatType,
  leavesOf,
  mean,
  mul,
  neg,
  sub,
  type TensorData,
} from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import { Divergence } from "../../src/game/divergence.js";
import type { Game } from "../../src/game/game.js";
import { generatorModel } from "../../src/game/generator.js";
import { scalarTable } from "../../src/game/inputs.js";
import { startGame } from "../../src/game/start.js";
import type { LossScale, State } from "../../src/game/state.js";
import { buildStep, stepArguments } from "../../src/game/step.js";
import { namedTensors, stateFromNamed } from "../../src/game/tensorNames.js";
import { constraints, gradientPenalty, noConstraint } from "../../src/lipschitz/index.js";
import { type AdversarialLoss, losses, wasserstein } from "../../src/losses/index.js";
import {
  coneCritic,
  dcganCritic,
  dcganGenerator,
  dense,
  minibatchDeviation,
  mlp,
  type Network,
  pixelNorm,
  resnetCritic,
  resnetGenerator,
  sequential,
} from "../../src/networks/index.js";
import { drawNoise } from "../../src/networks/noise.js";
import { adam, type Optimizer, sgd } from "../../src/optimizers/index.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { picked } from "../../src/runs/parts.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { createTrainer, type TrainerOptions } from "../../src/training/trainer.js";
import "../allclose.js";
import { dropping, reached, small, tinyGame } from "./tinyGame.js";

const BATCH = 8;
const RATE = 2 ** -8;

interface GameOptions {
  readonly generator?: Network;
  readonly critic?: Network;
  readonly loss?: AdversarialLoss;
  readonly constraint?: Game["critic"]["constraint"];
  readonly sampleShape?: readonly number[];
  readonly optimizer?: Optimizer;
}

function gameOf(precision: FloatType, options: GameOptions = {}): Game {
  const { generator = small.generator, critic = small.critic, loss = wasserstein, sampleShape = [2] } = options;
  const { optimizer = sgd({ learningRate: RATE }), constraint = noConstraint() } = options;
  return {
    loss,
    sampleShape,
    conditionShape: null,
    latent: 2,
    generator: { network: generator, optimizer, average: 0.9, precision },
    critic: { network: critic, optimizer, constraint, precision },
  };
}

/** One step of a game from its start, changed where `from` says so, on inputs of a seed. */
async function stepped(game: Game, from: (state: State<TensorData>) => State<TensorData> = (state) => state) {
  const { state: first, layout } = startGame(game, createRng(1));
  const before = from(first);
  const size = { batch: BATCH, criticSteps: 1, withGenerator: true };
  const specs = stepArguments(game, before, size);
  const program = await compile(buildStep(game, layout, size), specs);
  const rng = createRng(2);
  const drawn = ({ shape }: { readonly shape: readonly number[] }, draw: (count: number) => Float32Array) => ({
    shape,
    data: draw(shape.reduce((a, b) => a * b, 1)),
  });
  const noise = (player: "generator" | "critic") =>
    Object.fromEntries(
      Object.entries(game[player].network.noise ?? {}).map(([name, asked]) => [
        name,
        drawn(specs.noise[player][name]!, (count) => drawNoise(asked, rng, count)),
      ]),
    );
  const results = await program.run({
    real: drawn(specs.real, (count) => rng.normals(count).map(Math.tanh)),
    latent: drawn(specs.latent, (count) => rng.normals(count)),
    epsilon: drawn(specs.epsilon, (count) => rng.uniforms(count)),
    noise: { generator: noise("generator"), critic: noise("critic") },
    scalars: { critic: scalarTable(game.critic, 0, 1), generator: scalarTable(game.generator, 0, 1) },
    state: before,
  });
  await program.release();
  return { before, ...results };
}

/** What a step takes from a player's parameters: under SGD the gradient times the rate. */
function movedBy(
  { before, next }: { before: State<TensorData>; next: State<TensorData> },
  player: "generator" | "critic",
) {
  const { shape, data } = before[player].parameters;
  return { shape, data: data.map((x, i) => x - next[player].parameters.data[i]!) };
}

/**
 * Numbers of float16 are rounded by 2^-11 at most, and a gradient is a sum of products of some of them, one for each layer there and back; a
 * device may round the terms of a sum too, of up to some 200 here. What lies so near to the kink of an activation that it changes sides moves
 * single elements by more, and hardly the whole vector.
 */
const ERROR = 2 ** -5;

function norm(x: ArrayLike<number>): number {
  return Math.hypot(...Array.from(x));
}

/** A first state whose loss scales are such. */
const scaledBy =
  (scale: number, streak = 0) =>
  (state: State<TensorData>): State<TensorData> => {
    const of = (value: number) => ({ shape: [], data: Float32Array.of(value) });
    const lossScale = { scale: of(scale), streak: of(streak), skipped: of(0) };
    const scaled = <S extends State<TensorData>["critic"]>(player: S) =>
      player.lossScale ? { ...player, lossScale } : player;
    return { generator: scaled(state.generator), critic: scaled(state.critic) };
  };

async function expectParity(options: GameOptions) {
  const single = await stepped(gameOf("float32", options));
  const mixed = await stepped(gameOf("float16", options), scaledBy(256));
  for (const player of ["critic", "generator"] as const) {
    const [exact, rounded] = [movedBy(single, player), movedBy(mixed, player)];
    const error = norm(Array.from(exact.data, (x, i) => x - rounded.data[i]!)) / norm(exact.data);
    expect(error, `gradient of the ${player}`).toBeLessThan(ERROR);
    expect(mixed[player]?.loss, `loss of the ${player}`).toBeAllclose(single[player]!.loss, {
      relative: ERROR,
      absolute: 2 ** -9,
    });
    expect(mixed.lossScales[player]?.skipped.data).toEqual(Float32Array.of(0));
    expect(single.lossScales[player]).toBeUndefined();
  }
}

describe("a step in mixed precision has the gradients of float32, to the rounding of float16", () => {
  const constraint = gradientPenalty({ lambda: 1 });
  const settings = { lambda: 1, gamma: 1, clip: 0.1, penaltyShare: 0.5, penaltyEvery: 1 };

  it.each(losses.entries.map((loss) => [loss.name, loss] as const))("%s", (_, loss) =>
    expectParity({ loss, constraint }),
  );

  it.each(constraints.entries.map((entry) => [entry.name, entry] as const))("the W-loss and %s", (_, entry) =>
    expectParity({ constraint: entry.make(entry.settings.parse(picked(settings, entry.settings.shape))) }),
  );

  const image = { latent: 2, channels: 1, width: 4 };
  it.each<[string, GameOptions]>([
    [
      "residual networks with augmentation",
      {
        constraint,
        sampleShape: [16, 16, 1],
        generator: resnetGenerator({ ...image, size: 16 }),
        critic: resnetCritic({ ...image, size: 16, augment: 1 }),
      },
    ],
    [
      "DCGANs with both normalisations",
      {
        constraint,
        sampleShape: [28, 28, 1],
        generator: dcganGenerator({ ...image, size: 28, normalisation: "batch" }),
        critic: dcganCritic({ ...image, size: 28, normalisation: "layer" }),
      },
    ],
    ["sorted neurons", { constraint, critic: mlp({ input: 2, output: 1, hidden: [8, 8], activation: "fullsort" }) }],
    ["dropout", { constraint, critic: dropping }],
    ["cones", { critic: coneCritic({ input: 2, cones: 5 }) }],
    [
      "pixel norm and minibatch deviation",
      {
        critic: sequential(
          ["in", dense(2, 4)],
          ["norm", pixelNorm()],
          ["deviation", minibatchDeviation()],
          ["out", dense(5, 1)],
        ),
      },
    ],
  ])("%s", (_, options) => expectParity(options));
});

describe("the loss scale", () => {
  const tiny: AdversarialLoss = {
    ...wasserstein,
    critic: ({ real, fake }) => mul(sub(mean(fake), mean(real)), 1e-7),
    generator: ({ fake }) => mul(neg(fake), 1e-7),
  };

  it("keeps gradients that float16 alone has no numbers for", async () => {
    const single = await stepped(gameOf("float32", { loss: tiny }));
    const unscaled = await stepped(gameOf("float16", { loss: tiny }), scaledBy(1));
    const scaled = await stepped(gameOf("float16", { loss: tiny }));
    expect(unscaled.next.critic.parameters).toEqual(unscaled.before.critic.parameters);
    expect(movedBy(single, "critic").data.some((x) => x !== 0)).toBe(true);
    // A parameter of float32 near 1 takes steps of 6e-8 and no smaller.
    expect(movedBy(scaled, "critic")).toBeAllclose(movedBy(single, "critic"), { relative: 2 ** -8, absolute: 6e-8 });
  });

  it("is halved where a gradient overflows, and the update is left out with all that it would change", async () => {
    const game = gameOf("float16", {
      optimizer: adam({ learningRate: 1e-2 }),
      critic: mlp({ input: 2, output: 1, hidden: [8], normalisation: "batch" }),
    });
    const { before, next, finite, critic, lossScales } = await stepped(game, scaledBy(2 ** 24, 7));
    for (const player of ["critic", "generator"] as const) {
      const { lossScale: _, ...kept } = before[player];
      expect(next[player]).toEqual({ ...kept, lossScale: lossScales[player] });
      expect(numbers(lossScales[player]!)).toEqual({ scale: 2 ** 23, streak: 0, skipped: 1 });
    }
    expect([finite.data[0], critic!.gradient.data[0]]).toEqual([0, Number.NaN]);
    expect(Number.isFinite(critic!.loss.data[0])).toBe(true);
  });

  it("is doubled after 2000 updates without that, up to 2^24", async () => {
    const lossScaleAfter = async (scale: number, streak: number) =>
      numbers((await stepped(gameOf("float16", { loss: tiny }), scaledBy(scale, streak))).lossScales.critic!);
    expect(await lossScaleAfter(8, 1998)).toEqual({ scale: 8, streak: 1999, skipped: 0 });
    expect(await lossScaleAfter(8, 1999)).toEqual({ scale: 16, streak: 0, skipped: 0 });
    expect(await lossScaleAfter(2 ** 24, 1999)).toEqual({ scale: 2 ** 24, streak: 0, skipped: 0 });
  });

  it("skips updates that an optimizer and its schedule do not count", async () => {
    const seen: number[] = [];
    const plain = sgd({ learningRate: 1e-3 });
    const optimizer: Optimizer = {
      ...plain,
      scalars(iteration) {
        seen.push(iteration);
        return plain.scalars(iteration);
      },
    };
    const options = mixedGame({ critic: { network: small.critic, optimizer, precision: "float16" }, criticSteps: 1 });
    const position = await reached(0, options);
    const trainer = await createTrainer(options, { ...position, state: scaledBy(2 ** 24)(position.state) });
    seen.length = 0;
    for (let i = 0; i < 12; i++) await trainer.iterate();
    const { state } = await trainer.snapshot();
    await trainer.release();
    const { skipped } = numbers(state.critic.lossScale!);
    expect(skipped).toBeGreaterThan(2);
    expect(Math.max(...seen)).toBe(12 - skipped);
  });
});

describe("training in mixed precision", () => {
  it("gives bit-identical results to an uninterrupted run where it is stopped and resumed, by the names of a checkpoint", async () => {
    const options = mixedGame();
    const { layout, state: first } = startGame({ generator: options.generator, critic: options.critic }, createRng(0));
    const half = await reached(3, options);
    const named = namedTensors(half.state, layout);
    expect(Object.keys(named)).toContain("critic.lossScale.scale");
    const resumed = await reached(3, options, { ...half, state: stateFromNamed(named, first, layout) });
    expect(resumed).toEqual(await reached(6, options));
  });

  it("ends with a sentence where a player overflows at every scale", async () => {
    const critic: Network = {
      ...small.critic,
      apply: (parameters, x, context) => small.critic.apply(parameters, mul(mul(x, 6e4), 6e4), context),
    };
    const ending = reached(
      40,
      mixedGame({
        critic: {
          network: critic,
          optimizer: sgd({ learningRate: 1e-3 }),
          constraint: gradientPenalty(),
          precision: "float16",
        },
      }),
    );
    await expect(ending).rejects.toThrow(Divergence);
    await expect(ending).rejects.toThrow(
      /^The critic's gradient was not finite at iteration \d+: numbers of float16 end at 65504, and no loss scale keeps it below; choose --precision float32, or a smaller learning rate\.$/,
    );
  });

  it("over several ranks gives what steps as one program give, and a rank that overflows has all of them skip", async () => {
    const whole = await reached(3, mixedGame());
    const alone = (allReduce: AllReduce) => ({ ranks: { rank: 0, size: 1, allReduce } });
    const pieces = await reached(3, mixedGame(alone(async () => {})));
    const expected = leavesOf<TensorData>(whole.state);
    for (const [i, [names, found]] of leavesOf<TensorData>(pieces.state).entries())
      expect(found, names.join(".")).toBeAllclose(expected[i]![1], { relative: 1e-3, absolute: 1e-5 });
    const first = await reached(0, mixedGame());
    const { state } = await reached(1, mixedGame(alone(async (numbers) => void numbers.fill(Number.NaN))));
    expect(state.critic.parameters).toEqual(first.state.critic.parameters);
    expect(numbers(state.critic.lossScale!)).toEqual({ scale: 2 ** 14, streak: 0, skipped: 2 });
  });

  it("leaves a generator that makes its samples in float32", async () => {
    const [single, mixed] = (["float32", "float16"] as const).map((precision) => {
      const game = gameOf(precision);
      const { state, layout } = startGame(game, createRng(1));
      return generatorModel({ game, layout, state }, {});
    });
    expect(mixed).toEqual(single);
  });
});

it("is a setting of runs on GPUs, and refused on a CPU in a sentence", () => {
  const data = grid();
  const config = resolveConfig({ data: "grid", loss: "w-gp", precision: "float16", device: "webgpu" }, data);
  const { generator, critic } = trainOptions(config, data);
  expect([generator.precision, critic.precision]).toEqual(["float16", "float16"]);
  expect(() => trainOptions({ ...config, device: "cpu" }, data)).toThrow(
    new InputError(
      "Training in float16 gains nothing on a CPU: choose --device webgpu or --device cuda for it, or leave --precision out.",
    ),
  );
});

/** A tiny game in mixed precision. */
function mixedGame(more: Partial<TrainerOptions> = {}): TrainerOptions {
  const { generator, critic, ...options } = tinyGame(small, more);
  return {
    ...options,
    generator: { average: 0.9, precision: "float16", ...generator, optimizer: adam({ learningRate: 1e-3 }) },
    critic: { precision: "float16", ...critic },
  };
}

function numbers({ scale, streak, skipped }: LossScale<TensorData>) {
  return { scale: scale.data[0], streak: streak.data[0], skipped: skipped.data[0] ?? Number.NaN };
}
