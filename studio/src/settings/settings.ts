import { pointDatasets } from "../../../src/data/points.js";

/** What the two runs learn. `drawn` and `file` are the reader's own points. */
export const dataNames = (): readonly string[] => [...pointDatasets.names, "mnist", "drawn", "file"];

/** Whether data are the reader's own points. */
export function hasOwnPoints(data: string): data is "drawn" | "file" {
  return data === "drawn" || data === "file";
}

/** What is different between left and right. */
export interface SideSettings {
  /** The name of a loss in the catalogue. */
  readonly loss: string;
  /** The name of a Lipschitz constraint in the catalogue. */
  readonly constraint: string;
}

export type SettingValue = number | string;

/** Everything that determines what the two runs do: the address of the page holds it. */
export interface Settings {
  readonly data: string;
  readonly left: SideSettings;
  readonly right: SideSettings;
  readonly seed: number;
  /** The name of a network in the catalogue, one that can do the data. */
  readonly network: string;
  readonly generatorWidth: number;
  readonly generatorDepth: number;
  readonly criticWidth: number;
  readonly criticDepth: number;
  readonly batch: number;
  /** Critic updates before each generator update. */
  readonly criticSteps: number;
  readonly generatorRate: number;
  readonly criticRate: number;
  /** Further settings, by their names in configurations, where they are not as usual for such data and such a loss: `{ lambda: 1 }`. */
  readonly more: Readonly<Record<string, SettingValue>>;
}

export const SIDES = ["left", "right"] as const;
export type Side = (typeof SIDES)[number];
