import { modesCaptured, modesTotal } from "../../metrics/coverage.js";
import { emd } from "../../metrics/exactDistances.js";
import type { Comparison } from "../../runs/results.js";
import { caption, type Drawing, FIGURE_WIDTH, stack, tiles } from "../drawing/drawing.js";
import { formatModes, formatNumber } from "../format.js";
import { floorOf, type Group, meanOf } from "../summary.js";
import type { Figure } from "./figure.js";
import { drawSamplesOf } from "./pictures.js";
import { drawSurface } from "./surface.js";

const COLUMNS = 4;
const GAP = 28;

/** All pairings side by side in one picture: what each generator learned, and what its opponent thinks of the plane. */
export async function overviewOf(groups: readonly Group[], comparison: Comparison): Promise<Figure> {
  const columns = await Promise.all(groups.map((group) => column(group, comparison)));
  const tallest = Math.max(...columns.map(({ height }) => height));
  const even = columns.map((drawing) => ({ ...drawing, height: tallest }));
  return {
    name: "overview",
    alt: "All pairings side by side",
    drawing: tiles(even, Math.min(COLUMNS, even.length), GAP),
  };
}

async function column(group: Group, comparison: Comparison): Promise<Drawing> {
  const { look, pictures } = group;
  const [run] = pictures;
  const moment = run?.samples.at(-1);
  return stack([
    caption(look.title, FIGURE_WIDTH, { bold: true, color: look.color }),
    caption(outcome(group), FIGURE_WIDTH),
    ...(moment ? [await drawSamplesOf(moment.values, look, comparison)] : []),
    ...(run?.surface?.values.some(Number.isFinite)
      ? [await drawSurface(run.surface, look.loss.output, comparison.real)]
      : []),
  ]);
}

/** The run's outcome in one line. */
function outcome(group: Group): string {
  const [modes, total] = [meanOf(group.runs, modesCaptured.of), meanOf(group.runs, modesTotal.of)];
  const distance = meanOf(group.runs, emd.of);
  const floor = floorOf([group]);
  const parts = [
    modes && total && `${formatModes(modes, total.mean)} modes`,
    distance &&
      `Earth mover's distance ${formatNumber(distance.mean)}${floor === null ? "" : ` (floor ${formatNumber(floor)})`}`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
