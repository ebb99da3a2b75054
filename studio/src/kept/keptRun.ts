import { del, get, set } from "idb-keyval";
import { leavesOf, type TensorData } from "../../../src/engine/index.js";
import type { OwnPoints } from "../session/protocol.js";
import type { Standing } from "../session/standing.js";
import { type Settings, SIDES } from "../settings/settings.js";

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

/** Bytes of a run that is not kept any more: it would be written every few seconds. */
const LARGEST = 64 * 2 ** 20;

/** @returns the run that was kept last; `null` where there is none, it is damaged, or this browser keeps nothing */
export async function readKept(): Promise<KeptRun | null> {
  // A browser that refuses may throw, and not only reject.
  try {
    const run = await get<unknown>(NAME);
    return isWhole(run) ? run : null;
  } catch {
    return null;
  }
}

/** Keeps a run in place of the last one. @returns whether it is kept: a private window may refuse, and 64 MiB are the most */
export async function writeKept(run: KeptRun): Promise<boolean> {
  if (bytesOf(run) > LARGEST) return false;
  try {
    await set(NAME, run);
    return true;
  } catch {
    return false;
  }
}

/** Keeps the last run of that address no longer. */
export async function forgetKept(address: string): Promise<void> {
  if ((await readKept())?.address === address) await del(NAME).catch(() => {});
}

function bytesOf({ standing, own }: KeptRun): number {
  const tensors = SIDES.flatMap((side) => leavesOf<TensorData>(standing.sides[side].state));
  return tensors.reduce((sum, [, { data }]) => sum + data.byteLength, own?.points.byteLength ?? 0);
}

/** Whether a record has the parts that a page goes on from. */
function isWhole(value: unknown): value is KeptRun {
  const { address, settings, standing } = (value ?? {}) as Partial<KeptRun>;
  const hasParts = typeof address === "string" && typeof settings === "object" && standing?.sides !== undefined;
  return (
    hasParts &&
    SIDES.every((side) => standing.sides[side]?.iteration >= 0 && Array.isArray(standing.evaluations?.[side]))
  );
}
