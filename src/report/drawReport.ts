import type { Comparison } from "../runs/results.js";
import { svgFile } from "./drawing/drawing.js";
import { pngFile } from "./drawing/pngFile.js";
import { familiesOf } from "./families.js";
import type { Figure } from "./figures/figure.js";
import { overviewOf } from "./figures/overview.js";
import { pageOf } from "./page/page.js";
import { groupsOf } from "./summary.js";

/** The page of a comparison, and its pictures by the names of their files. */
export async function drawReport(comparison: Comparison) {
  const groups = groupsOf(comparison);
  const page = await familiesOf(comparison, groups);
  const families = [...page.before, ...page.after];
  const figures = families.flatMap(({ figures, more }) => [...figures, ...(more?.figures ?? [])]);
  const pictures: Record<string, Buffer | string> = {};
  const draw = async ({ name, drawing }: Figure) => {
    pictures[`${name}.svg`] = svgFile(drawing);
    pictures[`${name}.png`] = await pngFile(drawing);
  };
  await Promise.all([...figures, await overviewOf(groups, comparison)].map(draw));
  return { html: pageOf(comparison, groups, page), pictures };
}
