import { del, get, set } from "idb-keyval";
import type { OwnPoints } from "../session/protocol.js";
import type { Standing } from "../session/standing.js";
import type { Settings } from "../settings/settings.js";

/** A run as this browser keeps it, so that a page that is left or loaded again goes on with it. */
export interface KeptRun {
  /** What of the page's address the run is of (`runPart`). */
  readonly address: string;
  readonly settings: Settings;
  readonly own: OwnPoints | null;
  readonly standing: Standing;
}

/** Of the one record: another form of it gets another name. */
const NAME = "run 1";

/** @returns the run that was kept last; `null` where there is none, or this browser keeps nothing */
export async function readKept(): Promise<KeptRun | null> {
  return (await get<KeptRun>(NAME).catch(() => undefined)) ?? null;
}

/** Keeps a run in place of the last one. @returns whether this browser keeps it: a private window may not */
export function writeKept(run: KeptRun): Promise<boolean> {
  return set(NAME, run).then(
    () => true,
    () => false,
  );
}

/** Keeps the last run of that address no longer. */
export async function forgetKept(address: string): Promise<void> {
  if ((await readKept())?.address === address) await del(NAME).catch(() => {});
}
