import { decodeRows } from "../../../src/data/codecs/tableRows.js";
import { fingerprinted } from "../../../src/data/fingerprinted.js";
import { InputError } from "../../../src/errors.js";
import type { Model } from "../../../src/game/model.js";
import { drawConditions, drawSamplerInputs, finiteSamples, samplerOf } from "../../../src/game/sampling.js";
import type { StateLayout } from "../../../src/game/state.js";
import { createRng } from "../../../src/random.js";
import { type BestGenerator, bestAfter, generatorToFinish } from "../../../src/runs/bestGenerator.js";
import type { RunConfig } from "../../../src/runs/config.js";
import { firstProgress, withFittedPrior } from "../../../src/runs/firstProgress.js";
import { iterationsIn, rehearsal } from "../../../src/runs/rehearsal.js";
import { describeData, type RowMaker, type RunContent } from "../../../src/runs/runRecord.js";
import { trainOptions } from "../../../src/runs/trainOptions.js";
import { type Finish, finishRows, type PartProgress } from "../../../src/synthesis/finishRows.js";
import { restore } from "../../../src/tables/reshaping.js";
import type { Table } from "../../../src/tables/table.js";
import { type Progress as RunProgress, type TrainEvent, train } from "../../../src/training/train.js";
import { gameOf } from "../../../src/training/trainer.js";
import { type ChosenTable, configOf } from "./openTable.js";
import type { Doing, Progress, Trained } from "./protocol.js";
import { sha256 } from "./sha256.js";

/** A run on a table that has come to rest: it makes rows, and can be written as a file. */
export interface TrainedTable extends RowMaker, RunContent {
  readonly trained: Trained;
}

export interface TableTraining {
  /** How long it may take in all, the fit of the prior and the finish of its rows included. */
  readonly seconds: number;
  readonly seed: number;
  onProgress(progress: Progress): void;
  /** Told at each evaluation of rows that the generator makes, in the columns of the file. */
  onRows(rows: Table, iteration: number): Promise<void>;
  /** Awaited between iterations: lets messages come in, and goes on when the training is not paused. */
  gate(): Promise<void>;
  /** Ends the training: its rows then get their finish. */
  readonly stop: AbortSignal;
}

/** Seconds between evaluations, at least; and how many times what one takes. */
const BETWEEN = 4;
const TIMES = 8;
/** Rows that live figures are made of: the same latents each time, so that pictures move smoothly. */
export const LIVE_ROWS = 1000;
/** The share of the time that is planned with. */
const PLANNED = 0.95;
/** What parts of a run are called there. */
const PARTS: Readonly<Record<string, Doing>> = {
  "fitting the prior": "prior",
  "timing its parts": "timing",
  "calibrating columns": "calibrating",
  "training the classifier": "classifier",
};

/**
 * Trains a table as `monge train --time-limit` does: as many iterations as there is time for, and no more than usual; the best generator by what
 * trees can tell apart; then its calibration and its classifier.
 * @throws InputError where it diverges, or takes too much memory
 */
export async function trainTable(table: ChosenTable, training: TableTraining): Promise<TrainedTable> {
  const { data } = table;
  const { seconds, seed, stop, gate, onProgress, onRows } = training;
  const { codec } = data;
  if (codec.kind !== "tableRows") throw new RangeError("a table has rows");
  const begun = performance.now();
  let paused = 0;
  const passed = () => (performance.now() - begun - paused) / 1000;
  const tell = ({ doing, done, of }: PartProgress) => onProgress({ doing: PARTS[doing] ?? "training", done, of });
  const usual = configOf(table, seed);
  const { progress: unfitted, layout } = firstProgress(usual, data);
  const first = await withFittedPrior(unfitted, usual, data, { onProgress: tell });
  const takes = await rehearsal({ config: usual, data, layout, progress: first }, { onProgress: tell });
  const each = takes.evaluation + takes.iteration;
  const config = { ...usual, evaluateEvery: Math.ceil(Math.max(BETWEEN, TIMES * takes.evaluation) / each) };
  const room = iterationsIn(PLANNED * seconds - passed(), config, takes);
  const iterations = Math.min(usual.iterations, Math.max(1, room));
  const planned: RunConfig = { ...config, iterations };
  let best: BestGenerator | null = null;
  const options = { ...trainOptions(planned, data), resume: first, signal: stop };
  const rng = createRng(seed);
  const game = gameOf(options);
  const inputs = drawSamplerInputs(game, LIVE_ROWS, rng, drawConditions(game, LIVE_ROWS, rng));
  const sampler = await samplerOf({ game, layout, state: first.state }, LIVE_ROWS, "cpu");
  for await (const event of train(options)) {
    if (event.type === "step") onProgress({ doing: "training", done: event.iteration, of: iterations });
    if (event.type === "evaluation") {
      best = await bestAfter(best, event);
      const { samples } = await sampler.run(await event.state(), inputs);
      const made = decodeRows(codec, finiteSamples(samples), data.name);
      await onRows(restore(data.table.reshaping, made), event.evaluation.iteration);
    }
    if (event.type === "diverged") throw new InputError(event.message);
    if (isAtRest(event)) {
      const { model, progress } = event;
      await sampler.release();
      const finished = await finish(model, best, progress);
      const trained = {
        iterations: progress.iteration,
        best: finished.best.iteration,
        seconds: passed(),
        isTooShort: room < 1,
      };
      return { ...finished, trained };
    }
    const reached = performance.now();
    await gate();
    paused += performance.now() - reached;
  }
  throw new RangeError("a training ends with its last event");

  async function finish(model: Model, best: BestGenerator | null, progress: RunProgress) {
    const chosen = generatorToFinish(best, model, progress.iteration);
    const { game, layout, state } = model;
    const from = { game, layout, state: { ...state, generator: chosen.generator } };
    let last: { readonly finish: Finish; readonly best: BestGenerator } | undefined;
    for await (const { generator, finish } of finishRows(from, codec as Rows, data, {
      ...{ seed, resample: planned.resample === true, onProgress: tell },
    }))
      last = { finish, best: { ...chosen, generator } };
    if (!last) throw new RangeError("a finish has a calibration at least");
    return runOf(table, planned, { game, layout, state }, progress, last);
  }
}

type Rows = Parameters<typeof finishRows>[1];

function isAtRest(event: TrainEvent): event is Extract<TrainEvent, { readonly type: "end" | "stopped" }> {
  return event.type === "end" || event.type === "stopped";
}

/** What has been trained as a run. */
function runOf(
  { data }: ChosenTable,
  config: RunConfig,
  { game, layout, state }: Model,
  progress: RunProgress,
  { finish, best }: { readonly finish: Finish; readonly best: BestGenerator },
) {
  const parts = fingerprinted(data);
  const ended: RunConfig = { ...config, iterations: progress.iteration };
  const description = describeData(data, parts && sha256(...parts));
  const record = {
    id: randomId(),
    config: ended,
    data: description,
    dataPlace: null,
    labelsPlace: null,
    begunFrom: null,
    changes: [],
  };
  return {
    directory: data.name,
    data: description,
    model: { game, layout, state: { ...state, generator: best.generator } },
    record,
    progress,
    layout: layout satisfies StateLayout,
    finish,
    best,
  };
}

/** A random UUID; the browser's own function is there in secure contexts only. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
