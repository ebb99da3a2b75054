import { z } from "zod";
import type { ConstraintSettings } from "../lipschitz/catalogue.js";
import { layouts, valueRanges } from "../metrics/images/inputFormat.js";
import type { NetworkSettings } from "../networks/catalogue.js";
import { networks } from "../networks/index.js";
import type { OptimizerSettings } from "../optimizers/catalogue.js";
import { optimizers, schedules } from "../optimizers/index.js";
import { positive, share, whole } from "../settings.js";
import { CONDITION_RULE, readCondition } from "../training/stopRules.js";

/** Seeds are whole numbers from 0 to this. */
export const LARGEST_SEED = 0x7fffffff;
/** Above these a step is too large to be written as a graph, or a run too long to end. */
const LONGEST_LATENT = 8192;
const MOST_CRITIC_STEPS = 100;
const MOST_WARM_UP = 10_000;
const MOST_SETTLING = 100_000;
const LARGEST_BATCH = 1_000_000;
const MOST_ITERATIONS = 1_000_000_000;

/** A setting that says how data is read, for tables or images; the command line has options of its own for these. */
const reading = {
  imageSize: z.int().optional(),
  channels: z.union([z.literal(1), z.literal(3), z.literal(4)]).optional(),
  background: z.string().optional(),
  skipBroken: z.boolean().optional(),
  mirror: z.boolean().optional(),
  /** A file of the classes of images. */
  labels: z.string().optional(),
  /** Whether a file of rows is a table or points. */
  as: z.enum(["points", "table"]).optional(),
  /** Whether the first row of a table holds the names of the columns. Default: told by its cells. */
  header: z.boolean().optional(),
};

/** By what evaluations compare pictures; the command line has options of its own for these too. */
const comparing = {
  /** A built-in network, the path of an ONNX file, "none", or "auto", which suits the pictures. Default: "auto". */
  features: z.string().optional().meta({ live: true }),
  /** Of an ONNX file: the output that holds the features, where its input has the channels, and what it takes for the bytes 0 to 255. */
  featuresOutput: z.string().optional().meta({ live: true }),
  featuresLayout: z.enum(layouts).optional().meta({ live: true }),
  featuresRange: z.enum(valueRanges).optional().meta({ live: true }),
};

const warmUp = z.strictObject({ iterations: whole(1, MOST_ITERATIONS), criticSteps: whole(1, MOST_WARM_UP) });

const conditional = z.boolean().meta({
  title: "Conditions",
  description:
    "train on the data's labels as conditions, such as the mode of ring or the digit of mnist; for a table, on any columns",
});

/** The settings of every run, whatever it is made of. Those of its loss, constraint, network, optimizer and schedule come on top. */
export const coreSettings = z.object({
  data: z.string(),
  ...reading,
  ...comparing,
  conditional,
  loss: z.string(),
  iterations: whole(1, MOST_ITERATIONS).meta({ title: "Iterations", description: "generator updates", live: true }),
  network: z.string().meta({ title: "Network", description: "architecture of both networks" }),
  latent: whole(1, LONGEST_LATENT).meta({ title: "Latent", description: "length of a latent" }),
  batch: whole(1, LARGEST_BATCH).meta({
    title: "Batch",
    description: "samples per batch, at most as many as the data has",
    live: true,
  }),
  criticSteps: whole(1, MOST_CRITIC_STEPS).meta({
    title: "Critic steps",
    description: "critic updates before each generator update",
    live: true,
  }),
  warmUp: warmUp.nullable().default(null).meta({
    title: "Warm-up",
    placeholder: "n:k",
    description: "k critic updates before each of the first n iterations, such as 25:100",
    live: true,
  }),
  optimizer: z.string().meta({ title: "Optimizer", description: "optimizer of both networks" }),
  learningRate: positive.meta({ title: "Learning rate", description: "learning rate of both networks", live: true }),
  generatorRate: positive.nullable().meta({
    title: "Generator's rate",
    description: "learning rate of the generator, if it differs from the critic's",
    live: true,
  }),
  schedule: z.string().meta({
    title: "Schedule",
    description: "how the learning rate decays",
    live: true,
  }),
  ema: share.nullable().meta({
    title: "Moving average",
    placeholder: "decay",
    description: "sample from a moving average of the generator, such as 0.999",
    live: true,
  }),
  seed: whole(0, LARGEST_SEED).default(0).meta({ title: "Seed", description: "random seed", live: true }),
  evaluateEvery: whole(0, MOST_ITERATIONS).meta({
    title: "Evaluate every",
    description: "iterations between evaluations",
    live: true,
  }),
  settle: whole(0, MOST_SETTLING).meta({
    title: "Settle",
    description:
      "most updates of the copy of a Wasserstein critic that is trained further at each evaluation until its estimate settles, " +
      "at the cost of about 75 iterations; 0: none",
    live: true,
  }),
  checkpointEvery: whole(0, MOST_ITERATIONS).default(500).meta({
    title: "Checkpoint every",
    description: "iterations between checkpoints",
    live: true,
  }),
  stopWhen: z
    .string()
    .refine((text) => text === "none" || readCondition(text) !== undefined, CONDITION_RULE)
    .default("none")
    .meta({
      title: "Stop when",
      placeholder: "condition",
      description:
        "end at the first evaluation with a figure below or above a value, such as 'emd<0.05' (in quotation marks)",
      live: true,
    }),
  patience: whole(0, MOST_ITERATIONS).default(0).meta({
    title: "Patience",
    description: "end after n evaluations in a row without a new best value of a figure; 0: never",
    live: true,
  }),
  patienceFigure: z
    .string()
    .default("auto")
    .meta({
      title: "Figure of the patience",
      description:
        "the figure that patience goes by; auto: tableDetection of tables, emd of points, frechetDistance of images, each against held-out " +
        "samples, or the first measured figure that shows how near the generator has come",
      live: true,
    }),
  device: z.enum(["cpu", "webgpu", "cuda"]).default("cpu").meta({
    title: "Device",
    description: "device to train on",
    live: true,
  }),
  // Not live: what is trained in float16 carries its loss scales.
  precision: z.enum(["float32", "float16"]).default("float32").meta({
    title: "Precision",
    description: "what the networks compute in during training; float16 is mixed precision, for GPUs",
  }),
});

/** What a run chooses by name besides its loss and constraint, by the setting that names it. */
export const chosenByName = { network: networks, optimizer: optimizers, schedule: schedules } as const;

/** The settings of the losses, constraints, networks and optimizers that the project brings. An own entry may have more. */
type PartSettings = ConstraintSettings & NetworkSettings & OptimizerSettings;

/** Everything that determines a run, as plain data: what a checkpoint stores. Of its parts' settings it has those that they use. */
export type RunConfig = z.output<typeof coreSettings> & Partial<PartSettings>;
