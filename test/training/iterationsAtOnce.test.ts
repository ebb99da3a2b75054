import { describe, expect, it } from "vitest";
import { ring } from "../../src/data/points.js";
import { type Device, leavesOf, type TensorData } from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import type { Seat } from "../../src/game/batchShare.js";
import { Divergence } from "../../src/game/divergence.js";
import { gradientPenalty, noConstraint } from "../../src/lipschitz/index.js";
import { losses } from "../../src/losses/index.js";
import { mlp } from "../../src/networks/index.js";
import { adam, sgd } from "../../src/optimizers/index.js";
import { iterationsAtOnce } from "../../src/training/iterationsAtOnce.js";
import { type TrainEvent, type TrainOptions, train } from "../../src/training/train.js";
import { createTrainer, gameOf, type Losses, type Position, type TrainerOptions } from "../../src/training/trainer.js";
import "../allclose.js";
import { dropping, small, tinyGame } from "../game/tinyGame.js";
import { ranksInMemory } from "../parallel/ranksInMemory.js";

interface Course {
  readonly position: Position;
  readonly losses: readonly Losses[];
  /** How many iterations were computed each time. */
  readonly runs: readonly number[];
  readonly error?: unknown;
}

/** What comes of some iterations, so many at once, until they are done or fail. */
async function course(
  iterations: number,
  iterationsAtOnce: number,
  options: TrainerOptions,
  from?: Position,
): Promise<Course> {
  const trainer = await createTrainer({ ...options, iterationsAtOnce }, from);
  const losses: Losses[] = [];
  const runs: number[] = [];
  try {
    while (losses.length < iterations) {
      const more = await trainer.iterateUpTo(iterations - losses.length);
      runs.push(more.length);
      losses.push(...more);
    }
    return { position: await trainer.snapshot(), losses, runs };
  } catch (error) {
    return { position: await trainer.snapshot(), losses, runs, error };
  } finally {
    await trainer.release();
  }
}

/** Expects the same of several at once as one by one: the counts and draws exactly, the numbers to rounding. */
function expectSame(several: Course, single: Course) {
  const { state, ...counted } = single.position;
  expect(several.position).toMatchObject(counted);
  const expected = leavesOf<TensorData>(state);
  for (const [i, [names, found]] of leavesOf<TensorData>(several.position.state).entries())
    expect(found, names.join(".")).toBeAllclose(expected[i]![1], { relative: 1e-6, absolute: 1e-7 });
  expect(several.losses.map(valuesOf)).toEqual(single.losses.map((losses) => valuesOf(losses).map(near)));
}

const valuesOf = ({ criticLoss, generatorLoss, value }: Losses) => [criticLoss, generatorLoss, value];
const near = (value: number) => expect.closeTo(value, 5);

async function expectAlike(options: TrainerOptions, expectedRuns: readonly number[]) {
  const several = await course(7, 3, options);
  expect(several.runs).toEqual(expectedRuns);
  expectSame(several, await course(7, 1, options));
}

const adams = adam({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 });
const penalised = (penaltyEvery: number) => ({
  network: small.critic,
  optimizer: adams,
  constraint: gradientPenalty({ penaltyEvery }),
});

describe("several iterations at once give what they give one by one", () => {
  it("with Adam, a moving average, and noise in the critic; what is left over is computed one by one", () =>
    expectAlike(
      tinyGame(small, {
        loss: losses.get("bce-ns"),
        generator: { network: small.generator, optimizer: adams, average: 0.9 },
        critic: { network: dropping, optimizer: adams, constraint: gradientPenalty() },
      }),
      [3, 3, 1],
    ));

  it("with conditions, and a generator that normalises by its batch", () =>
    expectAlike(
      tinyGame(
        {
          generator: mlp({ input: 2, output: 2, hidden: [8], normalisation: "batch", condition: 8 }),
          critic: mlp({ input: 2, output: 1, hidden: [8], condition: 8 }),
        },
        { data: ring({ conditional: true }) },
      ),
      [3, 3, 1],
    ));

  it.each([
    [3, 1, [3, 3, 1]],
    // Whole periods of the penalty, from where it has its turn.
    [2, 1, [2, 2, 2, 1]],
    [2, 2, [3, 3, 1]],
    [4, 2, [2, 2, 2, 1]],
    [4, 1, [1, 1, 1, 1, 1, 1, 1]],
  ])("with a penalty in one of %i updates, of which an iteration has %i", (every, criticSteps, runs) =>
    expectAlike(tinyGame(small, { criticSteps, critic: penalised(every) }), runs),
  );

  it("where it goes on from anywhere", async () => {
    const options = tinyGame(small, { criticSteps: 1, critic: penalised(3) });
    const [from, whole] = [await course(2, 1, options), await course(8, 1, options)];
    const rest = await course(6, 3, options, from.position);
    expect(rest.runs).toEqual([1, 3, 1, 1]);
    expectSame(rest, { ...whole, losses: whole.losses.slice(2) });
  });

  it("in mixed precision, where updates are skipped", async () => {
    const player = { optimizer: adams, precision: "float16" } as const;
    const options = tinyGame(small, {
      generator: { ...player, network: small.generator },
      critic: { ...player, network: small.critic, constraint: gradientPenalty() },
    });
    const { position } = await course(0, 1, options);
    const scaled = (scale: number): Position => {
      const lossScale = position.state.critic.lossScale!;
      const critic = { ...position.state.critic, lossScale: { ...lossScale, scale: numbers(scale) } };
      return { ...position, state: { ...position.state, critic } };
    };
    const several = await course(24, 3, options, scaled(2 ** 24));
    expectSame(several, await course(24, 1, options, scaled(2 ** 24)));
    expect(several.position.state.critic.lossScale?.skipped.data[0]).toBeGreaterThan(2);
    expect(several.runs.slice(0, 3)).toEqual([1, 1, 1]);
    expect(several.runs.at(-1)).toBe(3);
  });

  it("where ranks share each batch", async () => {
    const options = tinyGame(small, { batch: 7 });
    const [first, second] = await Promise.all(ranksInMemory(2).map((ranks) => course(6, 3, { ...options, ranks })));
    expect(first?.runs).toEqual([3, 3]);
    expect(second).toEqual(first);
    const [alone] = await Promise.all(ranksInMemory(2).map((ranks) => course(6, 1, { ...options, ranks })));
    if (first && alone) expectSame(first, alone);
  });
});

describe("iterations at once", () => {
  it("are taken back where something is not finite, so that state and iteration are those of one by one", async () => {
    const [usual, wild] = [sgd({ learningRate: 1e-2 }), sgd({ learningRate: 1e30 })];
    // The critic's twelfth update is the last one of iteration 6.
    const optimizer = { ...usual, scalars: (update: number) => (update < 12 ? usual : wild).scalars(update) };
    const options = tinyGame(small, { critic: { network: small.critic, optimizer, constraint: noConstraint() } });
    const [several, single] = [await course(20, 4, options), await course(20, 1, options)];
    expect(several.error).toBeInstanceOf(Divergence);
    expect(several.error).toEqual(single.error);
    expect(several.runs).toEqual([4, 1]);
    expectSame(several, single);
  });

  it("have no more than 48 updates, and 64 MiB of inputs", async () => {
    const counted = (more: Partial<TrainerOptions>) => counting(tinyGame(small, { iterationsAtOnce: 100, ...more }));
    expect([1, 2, 5, 47, 100].map((criticSteps) => counted({ criticSteps }))).toEqual([24, 16, 8, 1, 1]);
    // Of a sample: a real one and two latents, two numbers each, and an epsilon.
    const samples = Math.floor(2 ** 24 / 7);
    expect([8, 7, 5, 3].map((parts) => counted({ criticSteps: 1, batch: Math.floor(samples / parts) - 1 }))).toEqual([
      8, 7, 5, 3,
    ]);
    expect(counted({ criticSteps: 1, batch: samples + 1 })).toBe(1);
  });

  it("are 16 on CUDA by default, and one on other devices and with ranks", () => {
    const counted = (device: Device, seat?: Seat) => counting(tinyGame(small, { criticSteps: 1, device }), seat);
    expect(counted("cuda")).toBe(16);
    expect([counted("cpu"), counted("webgpu"), counted("cuda", { rank: 0, ranks: 2 })]).toEqual([1, 1, 1]);
  });

  it("are the shortest period of a penalty of every k-th update by default, up to four", () => {
    const counted = (penaltyEvery: number, criticSteps: number, seat?: Seat) => {
      const critic = { ...tinyGame(small).critic, constraint: gradientPenalty({ lambda: 1, penaltyEvery }) };
      return counting(tinyGame(small, { criticSteps, critic }), seat);
    };
    expect([counted(2, 1), counted(4, 1), counted(4, 2), counted(3, 5), counted(4, 8)]).toEqual([2, 4, 2, 3, 1]);
    expect([counted(5, 1), counted(16, 1), counted(4, 1, { rank: 0, ranks: 2 })]).toEqual([1, 1, 1]);
  });

  it("are a whole number from 1", async () => {
    for (const iterationsAtOnce of [0, 1.5, Number.NaN])
      await expect(createTrainer({ ...tinyGame(small), iterationsAtOnce }), String(iterationsAtOnce)).rejects.toThrow(
        InputError,
      );
  });
});

describe("train() with several iterations at once", () => {
  it("pauses where it does without: in a warm-up, for evaluations and checkpoints, and at the end", async () => {
    const warmUp = { iterations: 2, criticSteps: 3 };
    const options = { ...tinyGame(small, { criticSteps: 1 }), iterations: 10, evaluateEvery: 0, warmUp };
    const events = await eventsOf({ ...options, evaluateEvery: 7, checkpointEvery: 4, iterationsAtOnce: 3 });
    const steps = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `step ${from + i}`);
    expect(events.map(placeOf)).toEqual([
      ...["start 0", "evaluation 0", ...steps(1, 4), "checkpoint 4", ...steps(5, 7), "evaluation 7"],
      ...["step 8", "checkpoint 8", ...steps(9, 10), "evaluation 10", "checkpoint 10", "end"],
    ]);
    const [last, expected] = [events.at(-1), (await eventsOf(options)).at(-1)];
    if (last?.type !== "end" || expected?.type !== "end") throw new Error("a run did not end");
    expect(last.progress.criticUpdates).toBe(2 * 3 + 8);
    expect(last.progress.rng).toEqual(expected.progress.rng);
    const { parameters } = expected.model.state.generator;
    expect(last.model.state.generator.parameters).toBeAllclose(parameters, { relative: 1e-6 });
  });

  it("hears its signal between them, and stands where its last step was", async () => {
    const controller = new AbortController();
    const options = { ...tinyGame(small), iterations: 50, evaluateEvery: 0, iterationsAtOnce: 4 };
    const events: TrainEvent[] = [];
    for await (const event of train({ ...options, signal: controller.signal })) {
      events.push(event);
      if (event.type === "step" && event.iteration === 6) controller.abort();
    }
    const last = events.at(-1);
    expect(last?.type === "stopped" && last.progress.iteration).toBe(8);
    expect(events.filter(({ type }) => type === "step")).toHaveLength(8);
  });
});

function counting(options: TrainerOptions, seat?: Seat): number {
  const { batch, criticSteps } = options;
  return iterationsAtOnce(options, gameOf(options), { batch, criticSteps, withGenerator: true, seat });
}

async function eventsOf(options: TrainOptions): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of train(options)) events.push(event);
  return events;
}

function placeOf(event: TrainEvent): string {
  if (event.type === "evaluation") return `evaluation ${event.evaluation.iteration}`;
  if (event.type === "checkpoint") return `checkpoint ${event.progress.iteration}`;
  return "iteration" in event ? `${event.type} ${event.iteration}` : event.type;
}

function numbers(value: number): TensorData {
  return { shape: [], data: Float32Array.of(value) };
}
