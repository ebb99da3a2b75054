import { ShapeError } from "../../engine/index.js";
import { Divergence } from "../../game/divergence.js";
import { inThreads, type ThreadWork, type WorkOptions } from "../../parallel/threads.js";
import { type Candidate, candidateByName } from "./candidates.js";
import { type Cell, cellName } from "./cells.js";
import { UPDATES_PER_RUN } from "./criticProgram.js";
import { exactCriticFigures } from "./exactCritic.js";
import { trueDistance } from "./pairs.js";
import {
  criticFolder,
  readResults,
  removeResults,
  type TrainingLength,
  type VerifyEntry,
  type VerifyResults,
  writeResults,
} from "./results.js";
import { cellSamples } from "./samples.js";
import { type CriticProgress, trainCritic } from "./trainCritic.js";

/** Which critics are verified, on which pairs, and where results are kept. */
export interface VerifyOptions {
  /** The pairs of distributions. */
  readonly cells: readonly Cell[];
  /** Names of candidates. */
  readonly critics: readonly string[];
  /** Default: as published. */
  readonly length?: TrainingLength;
  /** Seed of all that is drawn. Default: 0. */
  readonly seed?: number;
  /** Keeps the results, and the critics under way: the same call with the same folder goes on where it was. */
  readonly folder: string;
  /** Replace what the folder holds. */
  readonly force?: boolean;
  /** Ends the work; what was done is kept. */
  readonly signal?: AbortSignal;
  /** Called now and then while a critic is trained. */
  readonly onProgress?: (progress: VerifyProgress) => void;
  /** Critics at a time, each in a thread of its own. 0: one after the other, in this thread. Default: the number of cores. */
  readonly workers?: number;
}

/** How far a critic is. */
export interface VerifyProgress extends CriticProgress {
  /** The pair that it is verified on. */
  readonly cell: string;
  /** The name of the critic. */
  readonly critic: string;
}

interface Assignment {
  readonly cell: Cell;
  readonly critic: string;
  readonly iterations: number;
  readonly seed: number;
  readonly folder: string;
}

/**
 * Trains critics, and only critics, under the W-loss between pairs of distributions whose Earth mover's distance and optimal critic are
 * known, and measures how near they come: the protocol of Korotin et al. 2022, arXiv 2206.07767. The results hold every critic and cell
 * that the folder has results of; those that it has are not trained again.
 * @param options critics, pairs and the folder
 * @throws InputError where a critic is unknown, or the folder holds results of other settings
 * @throws the signal's reason where it stopped the work, with all that was done saved
 */
export async function verify(options: VerifyOptions): Promise<VerifyResults> {
  const {
    cells,
    critics,
    length = { share: 1 },
    seed = 0,
    folder,
    force = false,
    signal,
    onProgress,
    workers,
  } = options;
  const chosen = critics.map(candidateByName);
  if (force) await removeResults(folder);
  const settings = { seed, length };
  let results: VerifyResults = force ? { version: 1, settings, entries: [] } : await readResults(folder, settings);
  const assignments = cells
    .flatMap((cell) =>
      chosen.map((candidate): Assignment => {
        const name = `${cellName(cell)}-${candidate.name}`;
        const iterations = updatesOf(candidate, length);
        return { cell, critic: candidate.name, iterations, seed, folder: criticFolder(folder, name) };
      }),
    )
    .filter(({ cell, critic }) => !results.entries.some((one) => one.cell === cellName(cell) && one.critic === critic));

  let writing = Promise.resolve();
  const keep = (entry: VerifyEntry) => {
    results = { ...results, entries: [...results.entries, entry] };
    writing = writing.then(() => writeResults(folder, results));
    return writing;
  };
  await inThreads(verifyWork, assignments, {
    workers,
    signal,
    onProgress: (progress, { cell, critic }) => onProgress?.({ ...progress, cell: cellName(cell), critic }),
    onResult: keep,
  });
  return results;
}

/** Trains and measures one critic on one cell. */
export async function verifyCritic(
  { cell, critic, iterations, seed, folder }: Assignment,
  options: WorkOptions<CriticProgress>,
): Promise<VerifyEntry> {
  options.signal.throwIfAborted();
  const candidate = candidateByName(critic);
  const samples = cellSamples(cell, seed);
  const began = performance.now();
  const { figures, ...done } =
    candidate.kind === "exact"
      ? { figures: exactCriticFigures(samples, candidate.extension), iterations: 0, seconds: 0 }
      : await trainCritic(candidate, samples, { ...options, iterations, folder, threads: 1 });
  return {
    cell: cellName(cell),
    critic,
    iterations: done.iterations,
    cosine: figures?.cosine ?? null,
    estimate: figures?.estimate ?? null,
    slope: figures?.slope ?? null,
    truth: trueDistance(samples.heldOut, cell.dimension),
    seconds: candidate.kind === "exact" ? (performance.now() - began) / 1000 : done.seconds,
  };
}

const verifyWork: ThreadWork<Assignment, CriticProgress, VerifyEntry> = {
  module: import.meta.url,
  run: verifyCritic,
  errors: [Divergence, ShapeError],
  stop: "ask",
};

/** The updates of a candidate, in whole runs of the program. */
function updatesOf(candidate: Candidate, length: TrainingLength): number {
  if (candidate.kind === "exact") return 0;
  const updates = "each" in length ? length.each : length.share * candidate.iterations;
  return UPDATES_PER_RUN * Math.max(1, Math.round(updates / UPDATES_PER_RUN));
}
