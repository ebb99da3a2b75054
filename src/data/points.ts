import { type Catalogue, catalogue } from "../catalogue.js";
import type { SyntheticEntry } from "./entry.js";
import { disjointRegionsEntry } from "./sets/disjointRegions.js";
import { gaussianEntry } from "./sets/gaussian.js";
import { gridEntry } from "./sets/grid.js";
import { lineEntry } from "./sets/line.js";
import { moonsEntry } from "./sets/moons.js";
import { ringEntry } from "./sets/ring.js";
import { spiralEntry } from "./sets/spiral.js";
import { swissRollEntry } from "./sets/swissRoll.js";
import { twoGaussiansEntry } from "./sets/twoGaussians.js";
import { unequalModesEntry } from "./sets/unequalModes.js";

/** Every distribution of points in the plane. Nothing that this file imports needs Node, so a browser can use it. */
export const pointDatasets: Catalogue<SyntheticEntry> = catalogue("data set", [
  ringEntry,
  gridEntry,
  unequalModesEntry,
  twoGaussiansEntry,
  gaussianEntry,
  lineEntry,
  swissRollEntry,
  spiralEntry,
  moonsEntry,
  disjointRegionsEntry,
]);

export { disjointRegions } from "./sets/disjointRegions.js";
export { gaussian } from "./sets/gaussian.js";
export { grid } from "./sets/grid.js";
export { line } from "./sets/line.js";
export { moons } from "./sets/moons.js";
export { ring } from "./sets/ring.js";
export { spiral } from "./sets/spiral.js";
export { swissRoll } from "./sets/swissRoll.js";
export { twoGaussians } from "./sets/twoGaussians.js";
export { unequalModes } from "./sets/unequalModes.js";
