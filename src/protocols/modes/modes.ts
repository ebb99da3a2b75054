import { availableParallelism } from "node:os";
import type { Dataset } from "../../data/dataset.js";
import { openDataset } from "../../data/open.js";
import { InputError } from "../../errors.js";
import { type RunConfig, resolveConfig } from "../../runs/config.js";
import { otherSetting } from "../../runs/keptRuns.js";
import { checkMemory } from "../../runs/memory.js";
import { importModules } from "../../runs/ownModules.js";
import { openOptions } from "../../runs/runData.js";
import { trainOptions } from "../../runs/trainOptions.js";
import { checkOptions } from "../../training/train.js";
import { readResults, writeResults } from "./folder.js";
import { pointTrials, realPoints } from "./pointTrials.js";
import { type ProtocolName, protocols, type TrialSettings } from "./protocols.js";
import type { Figures, ModesResults, Trial } from "./results.js";
import { withClassifier } from "./stackedLabels.js";
import { realStacked, stackedTrials } from "./stackedTrials.js";
import type { TrialWork, WorkControl } from "./trials.js";

/** Which trials of mode coverage are run, and where they are kept. */
export interface ModesOptions extends WorkControl {
  /** Which data is learned: "ring", "grid" or "stacked-mnist". */
  readonly protocol: ProtocolName;
  /** The folder of results; trials that it holds are not trained again. */
  readonly out: string;
  /** Pairings of loss and Lipschitz constraint. Default: the protocol's. */
  readonly losses?: readonly string[] | undefined;
  /** Trials of each. Default: the protocol's. */
  readonly trials?: number | undefined;
  /** Of the first trial; each of the others has the next. */
  readonly seed?: number | undefined;
  /** Fewer trials of fewer iterations and samples, for a look. */
  readonly quick?: boolean | undefined;
  /** Settings that every trial gets. */
  readonly settings?: TrialSettings;
  /** Trials of points at a time, as in `compare`. */
  readonly workers?: number | undefined;
  /** The user's own modules, as in `compare`. */
  readonly modules?: readonly string[] | undefined;
}

/**
 * Measures how many modes of a known distribution trained generators reach, by the protocols of VEEGAN (arXiv:1705.07761) and PacGAN
 * (arXiv:1712.04086), and keeps each finished trial in a folder: whoever calls again goes on after them. More trials or pairings of
 * the same settings add to those of the folder, and the results are of all of them.
 * @param options the protocol, the folder, and what differs from the protocol
 * @throws InputError where an option is wrong, and where the folder holds trials of other settings; nothing is trained then
 * @throws the signal's reason where it stopped the work; finished trials are kept, and of stacked digits the one under way too
 */
export async function benchmarkModes(options: ModesOptions): Promise<ModesResults> {
  const { protocol, out, seed = 0, quick = false, settings = {}, modules = [], signal, onProgress } = options;
  await importModules(modules);
  const { samples, losses, trials } = scopeOf(options);
  const data = await openDataset(protocol, openOptions(settings));
  const usual = protocols[protocol];
  const defaults = { ...usual.settings, ...(quick && usual.quick.settings) };
  const configOf = (loss: string, seed: number) =>
    resolveConfig({ ...defaults, ...settings, data: protocol, loss, seed }, data);
  const wanted = Array.from({ length: trials }, (_, i) => losses.map((loss) => configOf(loss, seed + i))).flat();
  for (const config of wanted) {
    checkMemory(config, data, data.kind === "images" ? 1 : (options.workers ?? availableParallelism()));
    checkOptions(trainOptions(config, data));
  }

  const found = await readResults(out);
  if (found) checkBelongs(out, found, options);
  for (const { config } of found?.trials ?? []) {
    const other = otherSetting(config, configOf(config.loss, config.seed));
    if (other !== undefined) {
      throw new InputError(
        `${out} holds trials of other settings (${other}): give another --out, or the settings of that folder.`,
      );
    }
  }
  const configs = wanted.filter((config) => !found?.trials.some((trial) => isOf(trial, config)));
  const results =
    found && configs.length === 0
      ? found
      : await withJudge(protocol, async ({ real, train }) => {
          const control = { signal, onProgress };
          const about = { version: 1, benchmark: "modes", protocol, quick, samples } as const;
          const begun = found ?? { ...about, real: await real(data, samples, control), trials: [] };
          const kept = await keeper(out, begun, losses);
          await train({ configs, data, out, samples, keep: kept.keep, workers: options.workers, modules, ...control });
          return kept.results();
        });
  if (data.modes) {
    const { writePointPictures } = await import("./pictures.js");
    await writePointPictures(out, results.trials, data);
  }
  return results;
}

/** Writes results down as trials are added to them. */
async function keeper(out: string, begun: ModesResults, losses: readonly string[]) {
  let results = begun;
  let written = writeResults(out, begun);
  await written;
  return {
    results: () => results,
    keep(trial: Trial): Promise<void> {
      results = { ...results, trials: inOrder([...results.trials, trial], losses) };
      // One after the other, so that no older state replaces a newer one.
      const state = results;
      written = written.then(() => writeResults(out, state));
      return written;
    },
  };
}

/** What is left open by the options, by the protocol. */
function scopeOf({ protocol, quick, losses, trials }: ModesOptions) {
  const usual = quick ? protocols[protocol].quick : protocols[protocol];
  return { samples: usual.samples, losses: losses ?? usual.losses, trials: trials ?? usual.trials };
}

/** How real samples and trials of one kind of data are judged. */
interface Judge {
  readonly real: (data: Dataset, count: number, control: WorkControl) => Figures | Promise<Figures>;
  readonly train: (work: TrialWork) => Promise<void>;
}

function withJudge<T>(protocol: ProtocolName, work: (judge: Judge) => Promise<T>): Promise<T> {
  if (protocol !== "stacked-mnist") return work({ real: realPoints, train: pointTrials });
  return withClassifier((classify) =>
    work({
      real: (data, count, control) => realStacked(data, count, classify, control),
      train: (trials) => stackedTrials(trials, classify),
    }),
  );
}

function checkBelongs(out: string, found: ModesResults, { protocol, quick = false }: ModesOptions): void {
  if (found.protocol !== protocol)
    throw new InputError(`${out} holds trials of --protocol ${found.protocol}: give another --out.`);
  if (found.quick !== quick)
    throw new InputError(`${out} holds trials ${found.quick ? "under" : "without"} --quick: give another --out.`);
}

function isOf({ config }: Trial, { loss, seed }: RunConfig): boolean {
  return config.loss === loss && config.seed === seed;
}

/** By pairing, `losses` first, then by seed. */
function inOrder(trials: readonly Trial[], losses: readonly string[]): Trial[] {
  const all = [...new Set([...losses, ...trials.map(({ config }) => config.loss)])];
  const place = ({ config }: Trial) => all.indexOf(config.loss);
  return [...trials].sort((a, b) => place(a) - place(b) || a.config.seed - b.config.seed);
}
