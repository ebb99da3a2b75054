/** What the two runs learn. `drawn` and `file` are the reader's own points. */
export const DATA = ["ring", "grid", "swiss-roll", "moons", "two-gaussians", "mnist", "drawn", "file"] as const;
export type DataName = (typeof DATA)[number];

/** Whether data are the reader's own points. */
export function hasOwnPoints(data: DataName): data is "drawn" | "file" {
  return data === "drawn" || data === "file";
}

/** What is different between left and right. */
export interface SideSettings {
  /** The name of a loss in the catalogue. */
  readonly loss: string;
  /** The name of a Lipschitz constraint in the catalogue. */
  readonly constraint: string;
}

/** Everything that determines what the two runs do: the address of the page holds it. */
export interface Settings {
  readonly data: DataName;
  readonly left: SideSettings;
  readonly right: SideSettings;
  readonly seed: number;
  /** Of points always "mlp". */
  readonly network: "mlp" | "dcgan";
  readonly generatorWidth: number;
  readonly generatorDepth: number;
  readonly criticWidth: number;
  readonly criticDepth: number;
  readonly batch: number;
  /** Critic updates before each generator update. */
  readonly criticSteps: number;
  /** Weight of a gradient penalty. */
  readonly lambda: number;
  /** Limit of the weights under clipping. */
  readonly clip: number;
  readonly generatorRate: number;
  readonly criticRate: number;
}

export const SIDES = ["left", "right"] as const;
export type Side = (typeof SIDES)[number];

/** A change of these goes into the runs under way; a change of any other begins them anew. */
export const LIVE = [
  "batch",
  "criticSteps",
  "lambda",
  "clip",
  "generatorRate",
  "criticRate",
] as const satisfies readonly (keyof Settings)[];
export type LiveSettings = Pick<Settings, (typeof LIVE)[number]>;
