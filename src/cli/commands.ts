import type { Command } from "commander";

/** Makes a command. `done` hears the exit code where it ends with another than 0. */
export type MakeCommand = (done: (exitCode: number) => void) => Command;

/** A command as the list of all of them shows it; what it is made of takes time to load. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<MakeCommand>;
}

/** All commands, in the order of the help. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  compare: {
    summary: "train several losses on the same data and show what differs",
    load: async () => (await import("./compare.js")).compareCommand,
  },
  train: {
    summary: "train a generator on data and keep the run in a folder",
    load: async () => (await import("./train.js")).trainCommand,
  },
  watch: {
    summary: "follow a run in the terminal",
    load: async () => (await import("./watch.js")).watchCommand,
  },
  sweep: {
    summary: "train many settings on the same data and show which is best",
    load: async () => (await import("./sweep.js")).sweepCommand,
  },
  worker: {
    summary: "train runs from the queue of a sweep",
    load: async () => (await import("./worker.js")).workerCommand,
  },
  studio: {
    summary: "open a page that trains in the browser and shows runs",
    load: async () => (await import("./studio.js")).studioCommand,
  },
  describe: {
    summary: "show the type found for each column of a table",
    load: async () => (await import("./describe.js")).describeCommand,
  },
  sample: {
    summary: "make new samples with a trained generator",
    load: async () => (await import("./sample.js")).sampleCommand,
  },
  interpolate: {
    summary: "interpolate between samples",
    load: async () => (await import("./interpolate.js")).interpolateCommand,
  },
  project: {
    summary: "find the generator's picture that is nearest to one of yours",
    load: async () => (await import("./project.js")).projectCommand,
  },
  export: {
    summary: "write a trained generator as .onnx, or all weights as .safetensors",
    load: async () => (await import("./export.js")).exportCommand,
  },
  info: {
    summary: "show a run's settings, progress and files",
    load: async () => (await import("./info.js")).infoCommand,
  },
  judge: {
    summary: "judge synthetic rows against the real ones, in six scores and a page",
    load: async () => (await import("./judge.js")).judgeCommand,
  },
  distance: {
    summary: "measure the optimal-transport distance between two sets of points",
    load: async () => (await import("./distance.js")).distanceCommand,
  },
  metrics: {
    summary: "measure a generator's images against real ones",
    load: async () => (await import("./metrics.js")).metricsCommand,
  },
  verify: {
    summary: "compare trained critics with a known optimal one",
    load: async () => (await import("./verify.js")).verifyCommand,
  },
  benchmark: {
    summary: "reproduce a published benchmark",
    load: async () => (await import("./benchmark.js")).benchmarkCommand,
  },
};
