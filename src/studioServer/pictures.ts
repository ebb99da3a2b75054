import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileWithin, namesWithin } from "./within.js";

/** A PNG that a run keeps. `id` is what the page asks for it by; it names no path. */
export interface KeptPicture {
  readonly id: string;
  readonly title: string;
  readonly iteration: number | null;
  readonly path: string;
  /** Another one when the file has changed. */
  readonly version: string;
}

const COMPARED = /^(overview|samples|surface|optimal-critic)(-[a-z0-9+-]+)?\.png$/;

/** What a run of images shows at each evaluation, oldest first, and what any run shows at its end. */
export async function trainingPictures(root: string): Promise<KeptPicture[]> {
  const names = (await namesWithin(root, "samples")).filter((name) => /^\d{8,}\.png$/.test(name));
  const kept = names.map((name) => {
    const iteration = Number.parseInt(name, 10);
    return keep(root, ["samples", name], { id: String(iteration), title: "samples", iteration });
  });
  return found([...kept, keep(root, ["samples.png"], { id: "end", title: "samples", iteration: null })]);
}

/** The pictures of a comparison's report, but for its charts, which the page draws itself. */
export async function comparisonPictures(root: string): Promise<KeptPicture[]> {
  const names = (await namesWithin(root, "pictures")).filter((name) => COMPARED.test(name));
  return found(
    names.map((name) => {
      const title = basename(name, ".png");
      return keep(root, ["pictures", name], { id: title, title, iteration: null });
    }),
  );
}

async function keep(
  root: string,
  names: readonly string[],
  about: Pick<KeptPicture, "id" | "title" | "iteration">,
): Promise<KeptPicture | null> {
  const path = await fileWithin(root, ...names);
  const file = path && (await stat(path).catch(() => null));
  return path && file ? { ...about, path, version: Math.round(file.mtimeMs).toString(36) } : null;
}

async function found(pictures: readonly Promise<KeptPicture | null>[]): Promise<KeptPicture[]> {
  return (await Promise.all(pictures)).filter((picture) => picture !== null);
}
