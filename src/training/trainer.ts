import type { Dataset } from "../data/dataset.js";
import { firstNotFinite } from "../engine/finite.js";
import {
  copyHeld,
  type Device,
  discardHeld,
  type Held,
  leavesOf,
  releaseHeld,
  type TensorData,
  traceModel,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import { causeIn, Divergence } from "../game/divergence.js";
import type { Game } from "../game/game.js";
import { drawInputs, type StepInputs, type StepSize } from "../game/inputs.js";
import { skippedUpdates } from "../game/lossScale.js";
import { startGame } from "../game/start.js";
import { lossScalesOf, type State, type StateLayout } from "../game/state.js";
import { buildStep, stepArguments } from "../game/step.js";
import { createRng, restoreRng } from "../random.js";
import { iterationsAtOnce } from "./iterationsAtOnce.js";
import { faultIn, lossesIn, wentAsForeseen } from "./outcome.js";
import { createStepper, type SteppedState, type Stepper } from "./stepper.js";
import type { TrainingRanks } from "./trainingRanks.js";

/** What is trained, and in steps of what size. */
export interface TrainerOptions extends Omit<Game, "sampleShape" | "conditionShape" | "isConditionOptional"> {
  /** What is trained on. */
  readonly data: Dataset;
  /** Reals, and fakes, in one update. */
  readonly batch: number;
  /** Critic updates before each generator update. */
  readonly criticSteps: number;
  /** The seed of all randomness. */
  readonly seed: number;
  /** Where it trains. Default: "cpu". */
  readonly device?: Device | undefined;
  /** Threads of the CPU. Default: ONNX Runtime's choice. */
  readonly threads?: number | undefined;
  /**
   * Most iterations that are computed at once, so that the state does not leave the device between them. There are fewer where they would
   * have more than 48 updates or draw more than 64 MiB, and they are whole periods of the constraint's `penaltyEvery`. Default: 16 on CUDA,
   * from which the state comes to memory each time; on other devices such a period where it has at most 4 iterations, otherwise 1; with
   * `ranks` 1.
   */
  readonly iterationsAtOnce?: number | undefined;
  /**
   * The processes that train this together, each a part of every batch. All are given the same options, and their states stay the same.
   * Default: this process trains it alone.
   */
  readonly ranks?: TrainingRanks | undefined;
}

/** Where training stands between two updates: whoever goes on from it gives bit-identical results to an uninterrupted run. */
export interface Position {
  /** Generator updates done. */
  readonly iteration: number;
  /** Critic updates done. */
  readonly criticUpdates: number;
  readonly rng: readonly number[];
  readonly state: State<TensorData>;
}

/** The losses of one iteration: the critic's at its last update, the generator's, and the game's value. */
export interface Losses {
  /** What the critic minimises, its penalty included. */
  readonly criticLoss: number;
  /** What the generator minimises. */
  readonly generatorLoss: number;
  /** The value of the game, with the sign of the loss's paper. */
  readonly value: number;
}

/** Training that is driven one step at a time. */
export interface Trainer {
  /** The two players, and what they play for. */
  readonly game: Game;
  /** What parameters, slots and buffers are called, and their shapes. */
  readonly layout: StateLayout;
  /** Generator updates done. */
  readonly iteration: number;
  /** Critic updates done. */
  readonly criticUpdates: number;
  /** What it has come to, wherever that lies: the next update frees it. */
  readonly state: State<Held>;
  /** Where it stands, in memory. */
  snapshot(): Promise<Position>;
  /**
   * One iteration: `criticSteps` updates of the critic, then one of the generator.
   * @throws Divergence
   */
  iterate(): Promise<Losses>;
  /**
   * As many iterations as are computed at once (`iterationsAtOnce`) where `most` allows it, otherwise one. They give what as many calls of
   * `iterate` give, to rounding.
   * @param most from 1; `Infinity` is no limit
   * @returns the losses of each
   * @throws Divergence
   */
  iterateUpTo(most: number): Promise<readonly Losses[]>;
  /**
   * One update of the critic alone.
   * @throws Divergence
   */
  updateCritic(): Promise<Omit<Losses, "generatorLoss">>;
  /**
   * One update of the generator alone: an iteration without its critic updates.
   * @throws Divergence
   */
  updateGenerator(): Promise<Pick<Losses, "generatorLoss">>;
  /**
   * Goes on from the same state with other learning rates, `batch`, `criticSteps`, or settings of the constraint. What the state is made
   * of must stay. It is compiled anew only where `batch`, `criticSteps` or the object `critic.constraint` is another.
   * @param options all of them, the changed ones among them
   */
  change(options: TrainerOptions): Promise<void>;
  /** Frees the sessions. It cannot be used afterwards. */
  release(): Promise<void>;
}

/** The game that is played on some data. */
export function gameOf({ data, loss, generator, critic, latent, pack, view, terms }: TrainerOptions): Game {
  const { sample, condition, given } = data.fields;
  return {
    loss,
    generator,
    critic,
    sampleShape: sample.shape,
    conditionShape: (condition ?? given)?.shape ?? null,
    isConditionOptional: given !== undefined,
    latent,
    pack,
    view,
    terms,
  };
}

/**
 * Prepares training, from its start or from `from`. It is compiled once; what a step draws depends on the seed and on nothing else.
 * @param options data, players, loss and seed
 * @param from must have been reached with options of the same networks, optimizers and constraint
 * @throws InputError where the state to begin with is not finite, or a batch has fewer packs than there are ranks
 */
export async function createTrainer(options: TrainerOptions, from?: Position): Promise<Trainer> {
  checkShares(options);
  const fresh = createRng(options.seed);
  const { state: first, layout } = startGame(gameOf(options), fresh);
  if (from) checkFinite(from.state);
  let rng = from ? restoreRng(from.rng) : fresh;
  let { iteration, criticUpdates } = from ?? { iteration: 0, criticUpdates: 0 };
  let state: State<Held> = from?.state ?? first;
  /** Whether the state is what an update gave, and not what training began with. */
  let isComputed = false;
  let lossScales = lossScalesOf(from?.state ?? first);
  let current = prepared(options);
  /** Up to this iteration each is computed by itself. */
  let apartUntil = 0;
  /** By what they compute (`sizeOf`). */
  let steppers = new Map<string, Stepper>();
  await stepperFor(nextRun(current, current.atOnce));

  async function stepperFor(sizes: readonly StepSize[]): Promise<Stepper> {
    const key = JSON.stringify(sizes);
    const stepper = steppers.get(key) ?? (await stepperOf(current, sizes));
    steppers.set(key, stepper);
    return stepper;
  }

  function stepperOf({ game, device, threads, ranks }: Prepared, sizes: readonly StepSize[]): Promise<Stepper> {
    const allReduce = ranks && ((numbers: Float32Array) => ranks.allReduce(numbers));
    const options = { ...(device !== undefined && { device }), threads, allReduce };
    return createStepper({ game, layout, state: first, sizes }, options);
  }

  /** The iterations that are computed next. Several begin where the penalty has its turn, so that they are the same program each time. */
  function nextRun(options: Prepared, most: number): StepSize[] {
    const { atOnce, criticSteps, critic } = options;
    const isTurn = criticUpdates % (critic.constraint?.penaltyEvery ?? 1) === 0;
    const count = most >= atOnce && isTurn && iteration >= apartUntil ? atOnce : 1;
    return Array.from({ length: count }, (_, k) => sizeOf(options, criticUpdates + k * criticSteps));
  }

  /** Draws for steps and computes them, one after the other. */
  async function computed(sizes: readonly StepSize[]): Promise<SteppedState> {
    const { game, data } = current;
    const stepper = await stepperFor(sizes);
    const done = {
      critic: criticUpdates - skippedUpdates(lossScales.critic),
      generator: iteration - skippedUpdates(lossScales.generator),
    };
    const inputs: StepInputs<TensorData>[] = [];
    for (const size of sizes) {
      inputs.push(drawInputs(game, size, data, rng, done));
      done.critic += size.criticSteps;
      done.generator++;
    }
    return stepper.step(state, inputs);
  }

  function goOnFrom(results: SteppedState, sizes: readonly StepSize[]): void {
    if (isComputed) discardHeld(state);
    state = results.next;
    isComputed = true;
    lossScales = results.lossScales;
    for (const { criticSteps, withGenerator } of sizes) {
      criticUpdates += criticSteps;
      if (withGenerator) iteration++;
    }
  }

  async function advance(size: StepSize): Promise<SteppedState> {
    const results = await computed([size]);
    const fault = await faultIn(results, layout, current.game.loss);
    if (fault) {
      discardHeld(results.next);
      throw new Divergence(iteration + 1, fault, causeIn(current.game, results.lossScales));
    }
    goOnFrom(results, [size]);
    return results;
  }

  /**
   * Several iterations at once. Where one of them came to a number that is not finite, or skipped an update, which those behind it count,
   * all are taken back, to be computed one by one.
   */
  async function advanceTogether(sizes: readonly StepSize[]): Promise<SteppedState | undefined> {
    const drawnFrom = rng.state();
    const results = await computed(sizes);
    if (wentAsForeseen(results, lossScales)) {
      goOnFrom(results, sizes);
      return results;
    }
    discardHeld(results.next);
    rng = restoreRng(drawnFrom);
    apartUntil = iteration + sizes.length;
    return undefined;
  }

  async function releasePrograms() {
    await Promise.all([...steppers.values()].map((stepper) => stepper.release()));
    steppers = new Map();
  }

  async function iterate(): Promise<Losses> {
    return lossesIn(await advance(sizeOf(current, criticUpdates)));
  }

  return {
    layout,
    get game() {
      return current.game;
    },
    get iteration() {
      return iteration;
    },
    get criticUpdates() {
      return criticUpdates;
    },
    get state() {
      return state;
    },
    snapshot: async () => ({ iteration, criticUpdates, rng: rng.state(), state: await copyHeld(state) }),
    iterate,
    async iterateUpTo(most) {
      const sizes = nextRun(current, most);
      const results = sizes.length > 1 ? await advanceTogether(sizes) : undefined;
      return results ? sizes.map((_, k) => lossesIn(results, k, sizes.length)) : [await iterate()];
    },
    async updateCritic() {
      const size = sizeOf({ ...current, criticSteps: 1 }, criticUpdates);
      const { criticLoss, value } = lossesIn(await advance({ ...size, withGenerator: false }));
      return { criticLoss, value };
    },
    async updateGenerator() {
      const { generatorLoss } = lossesIn(await advance(sizeOf({ ...current, criticSteps: 0 }, criticUpdates)));
      return { generatorLoss };
    },
    async change(options) {
      checkShares(options);
      const next = prepared(options);
      if (isOtherStep(next, current)) {
        const sizes = nextRun(next, next.atOnce);
        const stepper = await stepperOf(next, sizes);
        await releasePrograms();
        steppers.set(JSON.stringify(sizes), stepper);
      }
      current = next;
    },
    async release() {
      releaseHeld(state);
      await releasePrograms();
    },
  };
}

/** Options with the game that they make, and how many iterations are computed at once. */
type Prepared = TrainerOptions & { readonly game: Game; readonly atOnce: number };

function prepared(options: TrainerOptions): Prepared {
  const game = gameOf(options);
  return { ...options, game, atOnce: iterationsAtOnce(options, game, sizeOf(options, 0)) };
}

/** Whether the graph of a step differs in what a change may concern. */
function isOtherStep(next: Prepared, current: Prepared): boolean {
  return (
    next.batch !== current.batch ||
    next.criticSteps !== current.criticSteps ||
    next.critic.constraint !== current.critic.constraint
  );
}

/** @throws InputError where a batch has fewer packs than there are ranks */
export function checkShares({ batch, pack = 1, ranks }: Pick<TrainerOptions, "batch" | "pack" | "ranks">): void {
  const packs = Math.floor(batch / pack);
  if (!ranks || packs >= ranks.size) return;
  const whole = pack === 1 ? `A batch of ${batch}` : `A batch of ${batch}, ${packs} packs,`;
  throw new InputError(`${whole} cannot be divided over ${ranks.size} ranks: choose fewer ranks, or a larger batch.`);
}

/** What the next step computes, after so many critic updates. */
function sizeOf(
  { batch, criticSteps, ranks, critic: { constraint } }: Omit<TrainerOptions, "data">,
  criticUpdates: number,
): StepSize {
  const seat = ranks && { rank: ranks.rank, ranks: ranks.size, syncBatchNorm: ranks.syncBatchNorm };
  const size = { batch, criticSteps, withGenerator: true, seat };
  const every = constraint?.penaltyEvery ?? 1;
  if (every === 1 || !constraint?.penalty) return size;
  const weight = (k: number) => ((criticUpdates + k) % every === 0 ? every : 0);
  return { ...size, penaltyWeights: Array.from({ length: criticSteps }, (_, k) => weight(k)) };
}

/**
 * Writes a step down without compiling it.
 * @throws InputError where a part cannot do with such a batch
 */
export function traceStep(options: TrainerOptions): void {
  const game = gameOf(options);
  const { state, layout } = startGame(game, createRng(options.seed));
  const size = sizeOf(options, 0);
  traceModel(buildStep(game, layout, size), stepArguments(game, state, size));
}

function checkFinite(state: State<TensorData>): void {
  const tensors = leavesOf<TensorData>(state).map(([names, tensor]) => [names.join("."), tensor] as const);
  const bad = firstNotFinite(Object.fromEntries(tensors));
  if (bad) throw new InputError(`Training cannot continue from this state: numbers of "${bad}" are not finite.`);
}
