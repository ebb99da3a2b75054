import type { Dataset } from "../../../src/data/dataset.js";
import { InputError } from "../../../src/errors.js";
import { Divergence } from "../../../src/game/divergence.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { type Settings, SIDES, type Side } from "../settings/settings.js";
import type { Frame, Layer, Machine, SideFrame, Snapshot, StepKind } from "./protocol.js";
import { createSideRun, type SideRun } from "./sideRun.js";

/** What came of some work on each side that had not diverged, or in what it diverged. */
export type Outcomes<T> = readonly { readonly side: Side; readonly outcome: T | Divergence }[];

/** Both runs of one start. A side that has diverged stays as it was before that and is left out of what follows. */
export interface Runs {
  /** Whether both sides have diverged. */
  readonly over: boolean;
  /** The sides in turn, each the same step. */
  advance(what: StepKind): Promise<Outcomes<void>>;
  frame(layers: readonly Layer[]): Promise<Record<Side, SideFrame>>;
  evaluate(): Promise<Outcomes<Evaluation>>;
  /** @throws InputError where a setting is out of range; the runs go on as they were */
  change(live: Settings): Promise<void>;
  interpolate(seed: number, steps: number): Promise<Record<Side, Float32Array>>;
  snapshots(): Promise<Record<Side, Snapshot>>;
  exportGenerator(side: Side): Promise<{ readonly iteration: number; readonly model: Uint8Array }>;
  release(): Promise<void>;
}

export interface RunsOptions {
  readonly settings: Settings;
  readonly data: Dataset;
  /** Of the plane, `null` for images. */
  readonly frame: Frame | null;
  readonly machine: Machine;
  /** WebGPU was lost or could not compute this; the runs go on from their last state in WebAssembly. */
  readonly onFallBack: (machine: Machine) => void;
}

/**
 * Begins both runs.
 * @throws InputError where a setting is out of range
 */
export async function createRuns({ settings, data, frame, machine, onFallBack }: RunsOptions): Promise<Runs> {
  const diverged = new Set<Side>();
  const sides: Partial<Record<Side, SideRun>> = {};
  let device = machine.device === "webgpu" ? ("webgpu" as const) : ("cpu" as const);

  /** Does some work, again in WebAssembly where WebGPU fails in it. */
  async function surviving<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (device === "cpu" || error instanceof Divergence || error instanceof InputError) throw error;
      device = "cpu";
      for (const side of Object.values(sides)) await side.moveTo(device);
      onFallBack({ ...machine, device: "wasm", fellBack: true });
      return work();
    }
  }
  const ofEach = async <T>(work: (run: SideRun, side: Side) => Promise<T>): Promise<Record<Side, T>> => ({
    left: await surviving(() => work(sides.left!, "left")),
    right: await surviving(() => work(sides.right!, "right")),
  });
  async function ofLive<T>(work: (run: SideRun) => Promise<T>): Promise<Outcomes<T>> {
    const outcomes = [];
    for (const side of SIDES.filter((side) => !diverged.has(side))) {
      const outcome = await surviving(() => work(sides[side]!)).catch((error: unknown) => {
        if (error instanceof Divergence) return error;
        throw error;
      });
      if (outcome instanceof Divergence) diverged.add(side);
      outcomes.push({ side, outcome });
    }
    return outcomes;
  }
  const release = async () => {
    await Promise.all(Object.values(sides).map((side) => side.release()));
  };

  try {
    for (const side of SIDES) sides[side] = await surviving(() => createSideRun(settings, side, data, frame, device));
  } catch (error) {
    await release();
    throw error;
  }

  return {
    get over() {
      return diverged.size === SIDES.length;
    },
    advance: (what) => ofLive((run) => run.advance(what)),
    frame: (layers) => ofEach((run) => run.frame(layers)),
    evaluate: () => ofLive((run) => run.evaluate()),
    async change(next) {
      await ofEach((run) => run.change(next));
    },
    interpolate: (seed, steps) => ofEach((run) => run.interpolate(seed, steps)),
    snapshots: () => ofEach((run) => run.snapshot()),
    exportGenerator: (side) => surviving(() => sides[side]!.exportGenerator()),
    release,
  };
}
