import { del, delMany, get, set, update } from "idb-keyval";
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

/** Of the record of an address: another form of it gets another name. */
const nameOf = (address: string) => `run 2 ${address}`;

/** The record of what is kept: addresses, the newest last. */
const NAMES = "runs 2";

/** Runs that are kept: the oldest is forgotten for the next. */
const MOST = 5;

/** Bytes of a run that is not kept any more: it would be written every few seconds. */
const LARGEST = 64 * 2 ** 20;

/** Milliseconds after which a browser that has not answered keeps nothing. */
const PATIENCE = 3000;

/** @returns the run that was kept of an address; `null` where there is none, it is damaged, or this browser keeps nothing */
export async function readKept(address: string): Promise<KeptRun | null> {
  // A browser that refuses may throw, and not only reject; and one may never answer.
  try {
    const silence = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE));
    const run = await Promise.race([get<unknown>(nameOf(address)), silence]);
    return isWhole(run) ? run : null;
  } catch {
    return null;
  }
}

/** Keeps a run, and forgets the last one of its address. @returns whether it is kept: a private window may refuse, and 64 MiB are the most */
export async function writeKept(run: KeptRun): Promise<boolean> {
  if (bytesOf(run) > LARGEST) return false;
  try {
    await set(nameOf(run.address), run);
    let forgotten: readonly string[] = [];
    await update<readonly string[]>(NAMES, (kept = []) => {
      const newest = [...kept.filter((address) => address !== run.address), run.address];
      forgotten = newest.slice(0, -MOST);
      return newest.slice(-MOST);
    });
    await delMany(forgotten.map(nameOf));
    return true;
  } catch {
    return false;
  }
}

/** Keeps the run of an address no longer. */
export async function forgetKept(address: string): Promise<void> {
  try {
    await del(nameOf(address));
  } catch {
    // This browser keeps nothing.
  }
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
