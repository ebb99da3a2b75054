import { proxy, type Remote, wrap } from "comlink";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { type Settings, SIDES, type Side } from "../settings/settings.js";
import type { Frame, Layer, Machine, OwnPoints, SideFrame, Snapshots, StepKind } from "./protocol.js";
import type { Ending, SideWorker } from "./sideWorker.js";

/** What came of some work on each side that had not ended, or in what it ended. */
export type Outcomes<T> = readonly { readonly side: Side; readonly outcome: T | Ending }[];

/** Both runs of one start. A side that has diverged stays as it was before that and is left out of what follows. */
export interface Runs {
  /** Whether both sides have diverged. */
  readonly over: boolean;
  /** Generator iterations of both sides; of the other where one has diverged. */
  readonly iteration: number;
  /** The same step of both sides, which are at the same iteration before and after. */
  advance(what: StepKind): Promise<Outcomes<null>>;
  frame(layers: readonly Layer[]): Promise<Record<Side, SideFrame>>;
  evaluate(): Promise<Outcomes<Evaluation>>;
  /** @throws InputError where a setting is out of range; the runs go on as they were */
  change(live: Settings): Promise<void>;
  interpolate(seed: number, steps: number): Promise<Record<Side, Float32Array>>;
  snapshots(): Promise<Snapshots>;
  exportGenerator(side: Side): Promise<{ readonly iteration: number; readonly model: Uint8Array }>;
}

export interface RunsOptions {
  readonly settings: Settings;
  readonly own: OwnPoints | null;
  /** Of the plane, `null` for images. */
  readonly frame: Frame | null;
  readonly machine: Machine;
  readonly from: Snapshots | null;
  /** WebGPU was lost or could not compute this; the runs go on from their last state in WebAssembly. */
  readonly onFallBack: (machine: Machine) => void;
}

/** A worker for each side, so that both compute at the same time. They stay, with what they have compiled of the runtime, from run to run. */
const workers: Readonly<Record<Side, Remote<SideWorker>>> = { left: beginWorker("left"), right: beginWorker("right") };

function beginWorker(side: Side): Remote<SideWorker> {
  const worker = new Worker(new URL("./sideWorker.ts", import.meta.url), { type: "module", name: side });
  // What is thrown here is heard by the page, as if this worker had failed.
  worker.onerror = ({ message }) => {
    throw new Error(message);
  };
  return wrap<SideWorker>(worker);
}

/**
 * Begins both runs, and ends the last ones.
 * @throws InputError where a setting is out of range
 */
export async function createRuns({ machine, from, onFallBack, ...start }: RunsOptions): Promise<Runs> {
  const ended = new Set<Side>();
  let iteration = from ? Math.max(...SIDES.map((side) => from[side].iteration)) : 0;
  const device = machine.device === "webgpu" ? "webgpu" : "cpu";
  const fallBack = proxy(() => onFallBack({ ...machine, device: "wasm", fellBack: true }));

  async function ofEach<T>(work: (worker: Remote<SideWorker>, side: Side) => Promise<T>): Promise<Record<Side, T>> {
    const [left, right] = await Promise.all([work(workers.left, "left"), work(workers.right, "right")]);
    return { left, right };
  }
  async function ofLive<T>(work: (worker: Remote<SideWorker>) => Promise<T | Ending>): Promise<Outcomes<T>> {
    const live = SIDES.filter((side) => !ended.has(side));
    const outcomes = await Promise.all(live.map(async (side) => ({ side, outcome: await work(workers[side]) })));
    for (const { side, outcome } of outcomes) if (isEnding(outcome)) ended.add(side);
    return outcomes;
  }

  await ofEach((worker, side) => worker.begin({ ...start, side, device, from: from?.[side] ?? null }, fallBack));

  return {
    get over() {
      return ended.size === SIDES.length;
    },
    get iteration() {
      return iteration;
    },
    advance(what) {
      if (what !== "critic") iteration++;
      return ofLive((worker) => worker.advance(what));
    },
    frame: (layers) => ofEach((worker) => worker.frame(layers)),
    evaluate: () => ofLive((worker) => worker.evaluate()),
    async change(next) {
      await ofEach((worker) => worker.change(next));
    },
    interpolate: (seed, steps) => ofEach((worker) => worker.interpolate(seed, steps)),
    snapshots: () => ofEach((worker) => worker.snapshot()),
    exportGenerator: (side) => workers[side].exportGenerator(),
  };
}

/** Whether a side has ended in this work. */
export function isEnding(outcome: unknown): outcome is Ending {
  return typeof outcome === "object" && outcome !== null && "term" in outcome;
}
