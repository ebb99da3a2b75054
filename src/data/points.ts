import { type Catalogue, catalogue } from "../catalogue.js";
import type { SyntheticEntry } from "./entry.js";
import { gridEntry } from "./sets/grid.js";
import { moonsEntry } from "./sets/moons.js";
import { ringEntry } from "./sets/ring.js";
import { swissRollEntry } from "./sets/swissRoll.js";
import { twoGaussiansEntry } from "./sets/twoGaussians.js";

/** Every distribution of points in the plane. Nothing that this file imports needs Node, so a browser can use it. */
export const pointDatasets: Catalogue<SyntheticEntry> = catalogue("data set", [
  ringEntry,
  gridEntry,
  twoGaussiansEntry,
  swissRollEntry,
  moonsEntry,
]);

export { grid } from "./sets/grid.js";
export { moons } from "./sets/moons.js";
export { ring } from "./sets/ring.js";
export { swissRoll } from "./sets/swissRoll.js";
export { twoGaussians } from "./sets/twoGaussians.js";
