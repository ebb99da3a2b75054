import type { DataKind } from "../data/dataset.js";
import type { RunConfig } from "./coreSettings.js";

/** What decides the defaults of a run. */
export interface Circumstances {
  readonly kind: DataKind;
  /** The name of the Lipschitz constraint. */
  readonly constraint: string;
  /** The name of the network, where one is asked for. */
  readonly network: string | undefined;
  /** The name of one of `presets`, where one is asked for. */
  readonly preset: string | undefined;
  /** Whether a tabular generator starts from a mixture. */
  readonly hasPrior: boolean;
  /** Whether images were opened with their labels. */
  readonly hasLabels: boolean;
}

interface Recipe {
  /** Where it applies; everywhere what is left open. */
  readonly under: Partial<Circumstances>;
  readonly settings: Partial<RunConfig>;
}

/** How large the networks of images are. */
export const presets: readonly string[] = ["tiny", "small", "large"];

/**
 * The defaults of all settings that have none of their own (`.default()` in the schema of a setting, which goes before): the literature's,
 * and some found by trials (docs/method.md says which). Of two recipes that apply the later one counts.
 */
const recipes: readonly Recipe[] = [
  {
    under: {},
    settings: {
      optimizer: "adam",
      schedule: "cosine",
      criticActivation: "relu",
      settle: 0,
      penaltyShare: 1,
      penaltyEvery: 1,
      prior: 0,
      blocks: 1,
      augment: 0,
      depth: 5,
      ema: null,
      conditional: false,
      generatorRate: null,
    },
  },
  {
    under: { kind: "points" },
    settings: {
      network: "mlp",
      normalisation: "none",
      width: 128,
      latent: 2,
      batch: 256,
      lambda: 0.3,
      clip: 0.1,
      gamma: 0.1,
      criticSteps: 3,
      learningRate: 3e-3,
      beta1: 0,
      beta2: 0.99,
      iterations: 6000,
      evaluateEvery: 200,
      settle: 300,
    },
  },
  {
    under: { kind: "images" },
    settings: {
      conditional: true,
      network: "resnet",
      normalisation: "none",
      width: 32,
      latent: 64,
      batch: 32,
      lambda: 1,
      penaltyShare: 0.25,
      clip: 0.01,
      gamma: 0.3,
      criticSteps: 1,
      learningRate: 1e-3,
      schedule: "flat-cosine",
      beta1: 0,
      beta2: 0.99,
      ema: 0.999,
      iterations: 6500,
      evaluateEvery: 500,
    },
  },
  {
    under: { kind: "images", network: "dcgan" },
    settings: {
      normalisation: "batch",
      batch: 64,
      lambda: 10,
      penaltyShare: 1,
      criticSteps: 5,
      learningRate: 5e-4,
      schedule: "cosine",
      beta1: 0.5,
      beta2: 0.9,
      ema: null,
      iterations: 2000,
      evaluateEvery: 100,
    },
  },
  {
    under: { kind: "table" },
    settings: {
      conditional: true,
      network: "tabular",
      normalisation: "layer",
      width: 256,
      depth: 3,
      latent: 64,
      batch: 500,
      prior: 500,
      resample: true,
      lambda: 10,
      penaltyEvery: 4,
      clip: 0.01,
      gamma: 1,
      criticSteps: 1,
      learningRate: 1e-3,
      generatorRate: 1e-4,
      beta1: 0.5,
      beta2: 0.99,
      ema: 0.999,
      iterations: 1000,
      evaluateEvery: 250,
    },
  },
  { under: { kind: "images", preset: "tiny" }, settings: { width: 16 } },
  { under: { kind: "images", preset: "large" }, settings: { width: 64, blocks: 2 } },
  { under: { constraint: "clip" }, settings: { optimizer: "rmsprop" } },
  { under: { constraint: "clip", kind: "points" }, settings: { learningRate: 5e-4 } },
  { under: { constraint: "clip", kind: "images" }, settings: { learningRate: 2e-4 } },
  { under: { constraint: "r1r2", kind: "images" }, settings: { gamma: 3 } },
  { under: { constraint: "orth" }, settings: { criticActivation: "maxmin" } },
  { under: { kind: "images", hasLabels: false }, settings: { conditional: false } },
  {
    under: { kind: "table", hasPrior: false },
    settings: { generatorRate: null, latent: 128, beta1: 0, beta2: 0.9, iterations: 8000, evaluateEvery: 1000 },
  },
];

/** The defaults of a run, as far as recipes say. */
export function defaultsUnder(here: Partial<Circumstances>): Partial<RunConfig> {
  const applies = ({ under }: Recipe) =>
    (Object.keys(under) as (keyof Circumstances)[]).every((circumstance) => under[circumstance] === here[circumstance]);
  return Object.assign({}, ...recipes.filter(applies).map(({ settings }) => settings));
}

const KINDS: Readonly<Record<DataKind, string>> = { points: "points", images: "images", table: "tables" };

/** Circumstances under which defaults are others, as they are told. */
const SPECIAL: readonly (readonly [words: string, here: Partial<Circumstances>])[] = [
  ["under w-clip", { constraint: "clip" }],
  ["under w-orth", { constraint: "orth" }],
  ["for images under r1r2", { constraint: "r1r2", kind: "images" }],
  ["for images with --network dcgan", { kind: "images", network: "dcgan" }],
  ["for images without labels", { kind: "images", hasLabels: false }],
  ["for tables without a prior", { kind: "table", hasPrior: false }],
];

/** The defaults of a setting in words: "0.3 for points, 10 for images and tables"; `undefined` where no recipe has it. */
export function defaultText(setting: string): string | undefined {
  const usual = textUnder(setting, {});
  if (usual === undefined) return undefined;
  const special = SPECIAL.flatMap(([words, here]) => {
    const there = textUnder(setting, here);
    const { kind } = here;
    return there === textUnder(setting, kind ? { kind } : {}) ? [] : [`${words} ${there}`];
  });
  return [usual, ...special].join("; ");
}

function textUnder(setting: string, here: Partial<Circumstances>): string | undefined {
  const kindsOf = new Map<string, string[]>();
  for (const kind of Object.keys(KINDS) as DataKind[]) {
    if (here.kind !== undefined && here.kind !== kind) continue;
    const all: Readonly<Record<string, unknown>> = defaultsUnder({ ...here, kind });
    if (!Object.hasOwn(all, setting)) continue;
    const value = String(all[setting] ?? "none");
    kindsOf.set(value, [...(kindsOf.get(value) ?? []), KINDS[kind]]);
  }
  const texts = [...kindsOf];
  if (texts.length <= 1) return texts[0]?.[0];
  return texts.map(([value, kinds]) => `${value} for ${kinds.join(" and ")}`).join(", ");
}
