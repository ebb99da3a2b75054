import { rm } from "node:fs/promises";
import { join } from "node:path";
import { namesIn, writeFileAtomically } from "../../files.js";
import { beginLogFile, bytesIn, type LogFile } from "../logFile.js";
import { logFolder } from "../logFolder.js";
import type { LoggerEntry } from "../logger.js";
import { histogramsEvent, imagesEvent, restartEvent, scalarsEvent, stepOf, textEvent, versionEvent } from "./events.js";
import { histogramOf } from "./histogram.js";
import { recordOf, recordsIn } from "./records.js";

/** TensorBoard reads files with "tfevents" in their names, in the order of the names. */
const isEventFile = (name: string) => /^events\.out\.tfevents\.\d+\..*monge$/.test(name);

/** Event files, which TensorBoard reads. */
export const tensorboard: LoggerEntry = {
  name: "tensorboard",
  title: "TensorBoard",
  summary: "Event files of TensorBoard, with losses, figures, sample pictures, and histograms of all weights.",
  target: { placeholder: "FOLDER", isRequired: false },
  isLog: isEventFile,
  async open(run, target) {
    const folder = await logFolder(run, target, isEventFile);
    let file: LogFile | undefined;
    const write = async (event: Uint8Array) => await file?.append(recordOf(event));
    const moment = (step: number) => ({ time: Date.now() / 1000, step });
    return {
      async begin() {
        const files = (await namesIn(folder)).filter(isEventFile).sort();
        for (const name of files) await cutAfter(join(folder, name), run.iteration);
        const first = run.isNew
          ? [textEvent(moment(0), "settings", settingsText(run.settings))]
          : [restartEvent(moment(run.iteration + 1))];
        const events = [versionEvent(moment(0)), ...first];
        const path = join(folder, nameAfter(files));
        file = await beginLogFile(path, Buffer.concat(events.map(recordOf)));
      },
      scalars: (iteration, values) => write(scalarsEvent(moment(iteration), values)),
      images: (iteration, pictures) => write(imagesEvent(moment(iteration), pictures)),
      histograms(iteration, values) {
        const histograms = Object.entries(values).map(([name, numbers]) => [name, histogramOf(numbers)] as const);
        return write(histogramsEvent(moment(iteration), Object.fromEntries(histograms)));
      },
      end: async () => await file?.close(),
    };
  },
};

/** A name behind all others, even those that were written in the same second. */
function nameAfter(files: readonly string[]): string {
  const last = Number(/tfevents\.(\d+)/.exec(files.at(-1) ?? "")?.[1] ?? 0);
  const seconds = Math.max(Math.floor(Date.now() / 1000), last + 1);
  return `events.out.tfevents.${String(seconds).padStart(10, "0")}.monge`;
}

/** Takes from an event file what comes after an iteration, and a record that was left half-written. */
async function cutAfter(path: string, iteration: number): Promise<void> {
  const bytes = (await bytesIn(path)) ?? Buffer.alloc(0);
  let end = 0;
  for (const record of recordsIn(bytes)) {
    if (stepOf(record.content) > iteration) break;
    end = record.end;
  }
  if (end === 0) await rm(path);
  else if (end < bytes.length) await writeFileAtomically(path, bytes.subarray(0, end));
}

/** Settings as a table of Markdown. */
function settingsText(settings: Readonly<Record<string, unknown>>): string {
  const cell = (value: unknown) => String(JSON.stringify(value)).replaceAll("|", "\\|");
  const rows = Object.entries(settings).map(([name, value]) => `| ${name} | ${cell(value)} |`);
  return ["| setting | value |", "|---|---|", ...rows].join("\n");
}
