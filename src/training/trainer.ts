import type { Dataset } from "../data/dataset.js";
import { compile, type Device, firstNotFinite, type TensorData, traceModel } from "../engine/index.js";
import { InputError } from "../errors.js";
import { Divergence, faultIn } from "../game/divergence.js";
import {
  buildStep,
  initialState,
  nextState,
  type State,
  type StateLayout,
  type StepParts,
  stepSpecs,
} from "../game/step.js";
import { createRng, type Rng, restoreRng } from "../random.js";

export interface TrainerOptions extends StepParts {
  readonly data: Dataset;
  /** Critic updates before each generator update. */
  readonly criticSteps: number;
  readonly seed: number;
  readonly device?: Device;
  readonly threads?: number | undefined;
}

/** Where training stands between two updates: whoever goes on from it ends in the same bits as one that never stopped. */
export interface Position {
  /** Generator updates done. */
  readonly iteration: number;
  /** Critic updates done. */
  readonly criticUpdates: number;
  readonly rng: readonly number[];
  readonly state: State;
}

/** The losses of one iteration: the critic's at its last update, the generator's, and the game's value. */
export interface Losses {
  readonly criticLoss: number;
  readonly generatorLoss: number;
  readonly value: number;
}

/** Training that is driven one step at a time. */
export interface Trainer {
  readonly layout: StateLayout;
  /** Where it stands. */
  position(): Position;
  /**
   * One iteration: `criticSteps` updates of the critic, then one of the generator.
   * @throws Divergence
   */
  iterate(): Promise<Losses>;
  /**
   * One update of the critic alone.
   * @throws Divergence
   */
  updateCritic(): Promise<Omit<Losses, "generatorLoss">>;
  /**
   * Goes on from the same state with other learning rates, `batch`, `criticSteps`, or settings of the constraint. What the state is made
   * of must stay. It is compiled anew only where `batch`, `criticSteps` or the object `constraint` is another.
   */
  change(options: TrainerOptions): Promise<void>;
  release(): Promise<void>;
}

/**
 * Prepares training, from its start or from `from`. It is compiled once; what a step draws depends on the seed and on nothing else.
 * @param from must have been reached with options of the same networks, optimizers and constraint
 * @throws InputError where the state to begin with is not finite
 */
export async function createTrainer(options: TrainerOptions, from?: Position): Promise<Trainer> {
  const fresh = createRng(options.seed);
  const { state: first, layout } = initialState(options, fresh);
  const bad = from && firstNotFinite(from.state);
  if (bad) throw new InputError(`Training cannot go on from this state: numbers of "${bad}" are not finite.`);
  const rng = from ? restoreRng(from.rng) : fresh;
  let { iteration, criticUpdates, state } = from ?? { iteration: 0, criticUpdates: 0, state: first };
  let current = options;
  let whole = await compileStep(options, layout, state, true);
  let criticAlone: StepProgram | undefined;

  async function advance(program: StepProgram, inputs: Record<string, TensorData>) {
    const result = await program.run({ ...state, ...inputs });
    const term = faultIn(result, layout);
    if (term) throw new Divergence(iteration + 1, term, current.constraint.name);
    state = nextState(result);
    return result;
  }

  async function release() {
    await Promise.all([whole.release(), criticAlone?.release()]);
    criticAlone = undefined;
  }

  return {
    layout,
    position: () => ({ iteration, criticUpdates, rng: rng.state(), state }),
    async iterate() {
      const { criticSteps } = current;
      const inputs = stepInputs(current, rng, criticSteps, criticUpdates, iteration);
      const result = await advance(whole, inputs);
      criticUpdates += criticSteps;
      iteration++;
      return { ...criticLosses(result), generatorLoss: last(result.generatorLoss!) };
    },
    async updateCritic() {
      criticAlone ??= await compileStep({ ...current, criticSteps: 1 }, layout, state, false);
      const result = await advance(criticAlone, stepInputs(current, rng, 1, criticUpdates, undefined));
      criticUpdates++;
      return criticLosses(result);
    },
    async change(next) {
      if (SHAPING.some((name) => next[name] !== current[name])) {
        const program = await compileStep(next, layout, state, true);
        await release();
        whole = program;
      }
      current = next;
    },
    release,
  };
}

/** What a step's graph depends on and a change may concern. */
const SHAPING = ["batch", "criticSteps", "constraint"] as const satisfies readonly (keyof TrainerOptions)[];

/**
 * Writes a step down without compiling it.
 * @throws InputError where a part cannot do with such a batch
 */
export function traceStep(options: TrainerOptions): void {
  const { state, layout } = initialState(options, createRng(options.seed));
  traceModel(...stepOf(options, layout, state, true));
}

function stepOf(options: TrainerOptions, layout: StateLayout, state: State, withGenerator: boolean) {
  const { criticSteps } = options;
  return [
    buildStep(options, layout, Object.keys(state), criticSteps, withGenerator),
    stepSpecs(options, state, criticSteps, withGenerator),
  ] as const;
}

type StepProgram = Awaited<ReturnType<typeof compileStep>>;

function compileStep(options: TrainerOptions, layout: StateLayout, state: State, withGenerator: boolean) {
  const { device = "cpu", threads } = options;
  return compile(...stepOf(options, layout, state, withGenerator), {
    device,
    ...(threads !== undefined && { threads }),
  });
}

/** Draws one run's inputs. `generatorUpdates` is `undefined` in a step of critic updates alone. */
function stepInputs(
  { data, sampleShape, batch, latent, criticOptimizer, generatorOptimizer }: TrainerOptions,
  rng: Rng,
  criticSteps: number,
  criticUpdates: number,
  generatorUpdates: number | undefined,
): Record<string, TensorData> {
  const latents = criticSteps + (generatorUpdates === undefined ? 0 : 1);
  const scalars = Array.from({ length: criticSteps }, (_, k) => criticOptimizer.scalars(criticUpdates + k + 1));
  const inputs: Record<string, TensorData> = {
    real: { shape: [criticSteps, batch, ...sampleShape], data: data.batch(rng, criticSteps * batch).sample },
    latent: { shape: [latents, batch, latent], data: rng.normals(latents * batch * latent) },
    epsilon: { shape: [criticSteps, batch, 1], data: rng.uniforms(criticSteps * batch) },
    criticScalars: table(scalars),
  };
  if (generatorUpdates !== undefined)
    inputs.generatorScalars = table([generatorOptimizer.scalars(generatorUpdates + 1)]);
  return inputs;
}

function table(rows: readonly (readonly number[])[]): TensorData {
  return { shape: [rows.length, rows[0]!.length], data: Float32Array.from(rows.flat()) };
}

function criticLosses({ criticLoss, value }: Readonly<Record<string, TensorData>>) {
  return { criticLoss: last(criticLoss!), value: last(value!) };
}

function last({ data }: TensorData): number {
  return data[data.length - 1]!;
}
