import { join } from "node:path";
import { writeDirectoryAtomically, writeFileAtomically } from "../files.js";
import type { Comparison } from "../runs/results.js";
import { pngFile, svgFile } from "./drawing/drawing.js";
import { familiesOf } from "./families.js";
import type { Figure } from "./figures/figure.js";
import { overviewOf } from "./figures/overview.js";
import { PICTURES, pageOf } from "./page/page.js";
import { resultsText } from "./resultsFile.js";
import { groupsOf } from "./summary.js";

/** What `writeReport` writes into a folder. */
export const REPORT: readonly string[] = [PICTURES, "report.html", "results.json"];

/**
 * Writes a comparison as `results.json`, `report.html` and a folder `pictures` of every figure as PNG and SVG. Everything is made
 * before anything is written; each file, and the folder of pictures as a whole, is then written so that a reader finds the old or the
 * new one and never a part. `results.json` comes last: where it stands, the rest does.
 * @param directory made where it is missing
 * @throws InputError where it cannot be written
 */
export async function writeReport(directory: string, comparison: Comparison): Promise<void> {
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
  const html = pageOf(comparison, groups, page);
  await writeDirectoryAtomically(join(directory, PICTURES), pictures);
  await writeFileAtomically(join(directory, "report.html"), html);
  await writeFileAtomically(join(directory, "results.json"), resultsText(comparison.results));
}
