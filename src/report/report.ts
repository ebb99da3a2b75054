import { join } from "node:path";
import { writeDirectoryAtomically, writeFileAtomically } from "../files.js";
import type { Comparison } from "../runs/results.js";
import { PAGE, PICTURES, RESULTS } from "./reportFiles.js";
import { resultsText } from "./resultsFile.js";

/**
 * Writes a comparison as `results.json`, `report.html` and a folder `pictures` of every figure as PNG and SVG. Everything is made
 * before anything is written; each file, and the folder of pictures as a whole, is then written so that a reader finds the old or the
 * new one and never a part. `results.json` comes last: where it stands, the rest does.
 * @param directory made where it is missing
 * @param comparison what `compare` gave
 * @throws InputError where it cannot be written
 */
export async function writeReport(directory: string, comparison: Comparison): Promise<void> {
  const { drawReport } = await import("./drawReport.js");
  const { html, pictures } = await drawReport(comparison);
  await writeDirectoryAtomically(join(directory, PICTURES), pictures);
  await writeFileAtomically(join(directory, PAGE), html);
  await writeFileAtomically(join(directory, RESULTS), resultsText(comparison.results));
}
