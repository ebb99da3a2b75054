import type { DataKind } from "../data/dataset.js";
import type { RunConfig } from "./coreSettings.js";

/** What decides the defaults of a run: the kind of its data and its Lipschitz constraint. */
export interface Circumstances {
  readonly kind: DataKind;
  /** The name of the constraint. */
  readonly constraint: string;
}

interface Recipe {
  /** Where it applies; everywhere what is left open. */
  readonly under: Partial<Circumstances>;
  readonly settings: Partial<RunConfig>;
}

/**
 * The defaults of all settings that have none of their own (`.default()` in the schema of a setting, which goes before): the literature's,
 * and some found by trials (docs/method.md says which). Of two recipes that apply the later one counts.
 */
const recipes: readonly Recipe[] = [
  {
    under: {},
    settings: {
      optimizer: "adam",
      criticActivation: "relu",
      settle: 0,
      penaltyEvery: 1,
      prior: 0,
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
      network: "dcgan",
      normalisation: "batch",
      width: 32,
      latent: 64,
      batch: 64,
      lambda: 10,
      clip: 0.01,
      criticSteps: 5,
      learningRate: 5e-4,
      beta1: 0.5,
      beta2: 0.9,
      iterations: 2000,
      evaluateEvery: 100,
      settle: 0,
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
  { under: { constraint: "clip" }, settings: { optimizer: "rmsprop" } },
  { under: { constraint: "clip", kind: "points" }, settings: { learningRate: 5e-4 } },
  { under: { constraint: "clip", kind: "images" }, settings: { learningRate: 2e-4 } },
  { under: { constraint: "orth" }, settings: { criticActivation: "maxmin" } },
];

/** The defaults of a run, as far as recipes say. */
export function defaultsUnder(here: Partial<Circumstances>): Partial<RunConfig> {
  const applies = ({ kind, constraint }: Partial<Circumstances>) =>
    (kind === undefined || kind === here.kind) && (constraint === undefined || constraint === here.constraint);
  return Object.assign({}, ...recipes.filter(({ under }) => applies(under)).map(({ settings }) => settings));
}

const KINDS: Readonly<Record<DataKind, string>> = { points: "points", images: "images", table: "tables" };

/** The defaults of a setting in words: "0.3 for points, 10 for images and tables"; `undefined` where no recipe has it. */
export function defaultText(setting: string): string | undefined {
  const usual = textUnder(setting, undefined);
  if (usual === undefined) return undefined;
  const constraints = [...new Set(recipes.flatMap(({ under: { constraint } }) => constraint ?? []))];
  const special = constraints.flatMap((constraint) => {
    const there = textUnder(setting, constraint);
    return there === usual ? [] : [`under w-${constraint} ${there}`];
  });
  return [usual, ...special].join("; ");
}

function textUnder(setting: string, constraint: string | undefined): string | undefined {
  const kindsOf = new Map<string, string[]>();
  for (const kind of Object.keys(KINDS) as DataKind[]) {
    const all: Readonly<Record<string, unknown>> = defaultsUnder({
      kind,
      ...(constraint !== undefined && { constraint }),
    });
    if (!Object.hasOwn(all, setting)) continue;
    const value = String(all[setting] ?? "none");
    kindsOf.set(value, [...(kindsOf.get(value) ?? []), KINDS[kind]]);
  }
  const texts = [...kindsOf];
  if (texts.length <= 1) return texts[0]?.[0];
  return texts.map(([value, kinds]) => `${value} for ${kinds.join(" and ")}`).join(", ");
}
