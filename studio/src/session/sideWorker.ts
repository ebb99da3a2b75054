import { expose, transfer } from "comlink";
import type { Device } from "../../../src/engine/index.js";
import { InputError } from "../../../src/errors.js";
import { Divergence } from "../../../src/game/divergence.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import type { Settings, Side } from "../settings/settings.js";
import { buffersIn } from "./buffersIn.js";
import { openData } from "./data.js";
import type { Frame, Layer, OwnPoints, SideFrame, Snapshot, StepKind } from "./protocol.js";
import "./runtime.js";
import { createSideRun, type SideRun } from "./sideRun.js";

/** What one side begins with. */
export interface SideStart {
  readonly settings: Settings;
  readonly side: Side;
  readonly own: OwnPoints | null;
  /** Of the plane, `null` for images. */
  readonly frame: Frame | null;
  readonly device: Device;
  /** Where it goes on from; `null`: from its beginning. */
  readonly from: Snapshot | null;
}

/** In what a side has ended: the loss, gradient or tensor that is not finite, and when. */
export interface Ending {
  readonly iteration: number;
  readonly term: string;
}

/** The worker of one side, as the one that conducts both calls it. Where WebGPU fails, the side goes on in WebAssembly. */
export interface SideWorker {
  /**
   * Begins a run, and ends the last one.
   * @param onFallBack hears that the device was lost, or could not compute this
   * @throws InputError where a setting is out of range, or the state to go on from is not finite
   */
  begin(start: SideStart, onFallBack: () => void): Promise<void>;
  /** @returns in what it has ended, if it has */
  advance(what: StepKind): Promise<Ending | null>;
  frame(layers: readonly Layer[]): Promise<SideFrame>;
  evaluate(): Promise<Evaluation | Ending>;
  change(settings: Settings): Promise<void>;
  interpolate(seed: number, steps: number): Promise<Float32Array>;
  snapshot(): Promise<Snapshot>;
  exportGenerator(): Promise<{ readonly iteration: number; readonly model: Uint8Array }>;
}

let run: SideRun | undefined;
let device: Device = "cpu";
let fallBack = () => {};

/** Does some work, again in WebAssembly where WebGPU fails in it. */
async function surviving<T>(work: (run: SideRun) => Promise<T>): Promise<T> {
  try {
    return await work(run!);
  } catch (error) {
    if (device === "cpu" || error instanceof Divergence || error instanceof InputError) throw error;
    device = "cpu";
    await run!.moveTo(device);
    fallBack();
    return work(run!);
  }
}

async function ending<T>(work: Promise<T>): Promise<T | Ending> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    return { iteration: error.iteration, term: error.term };
  }
}

const worker: SideWorker = {
  async begin({ settings, side, own, frame, device: wanted, from }, onFallBack) {
    const last = run;
    run = undefined;
    await last?.release();
    device = wanted;
    fallBack = onFallBack;
    const data = await openData(settings.data, own);
    const create = (on: Device) => createSideRun({ settings, side, data, frame, device: on, from });
    run = await create(device).catch((error: unknown) => {
      if (device === "cpu" || error instanceof InputError) throw error;
      device = "cpu";
      fallBack();
      return create(device);
    });
  },
  async advance(what) {
    return (await ending(surviving((run) => run.advance(what)))) ?? null;
  },
  async frame(layers) {
    const frame = await surviving((run) => run.frame(layers));
    return transfer(frame, buffersIn(frame));
  },
  evaluate: () => ending(surviving((run) => run.evaluate())),
  change: (settings) => surviving((run) => run.change(settings)),
  async interpolate(seed, steps) {
    const images = await surviving((run) => run.interpolate(seed, steps));
    return transfer(images, [images.buffer]);
  },
  snapshot: () => surviving((run) => run.snapshot()),
  exportGenerator: () => surviving((run) => run.exportGenerator()),
};

expose(worker);
