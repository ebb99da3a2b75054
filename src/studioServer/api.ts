import { readFile } from "node:fs/promises";
import type { Answer } from "./answer.js";
import type { NamedRun } from "./namedRun.js";
import type { RunEntry, RunList, RunView } from "./protocol.js";

/** Where the interface begins, as addresses of the server. */
export const API = "/api/";

const ONE = /^\/api\/runs\/(0|[1-9]\d{0,3})\.json$/;
const PICTURE = /^\/api\/runs\/(0|[1-9]\d{0,3})\/pictures\/([a-z0-9+-]{1,80})\.png$/;

/**
 * Answers an address of the interface (see protocol.ts), which only reads. Runs go by their place in the list, and pictures by names
 * out of a list as well: no part of an address becomes part of a path.
 * @returns `null` where nothing has that address
 */
export async function answerApi(runs: readonly NamedRun[], address: string): Promise<Answer | null> {
  if (address === "/api/runs.json") {
    return json({ runs: await Promise.all(runs.map(entryOf)) } satisfies RunList);
  }
  const one = ONE.exec(address);
  if (one) {
    const run = runs[Number(one[1])];
    return run ? json(await viewOf(run, Number(one[1]))) : null;
  }
  const [, index, id] = PICTURE.exec(address) ?? [];
  const pictures = await runs[Number(index)]?.pictures();
  const picture = pictures?.find((kept) => kept.id === id);
  const body = picture && (await readFile(picture.path).catch(() => null));
  return body ? { type: "image/png", body, caching: "no-store" } : null;
}

async function entryOf(run: NamedRun): Promise<RunEntry> {
  const { name, kind } = run;
  const standing = await run.standing();
  return { name, kind, state: standing?.state ?? "missing", progress: standing?.progress ?? null };
}

async function viewOf(run: NamedRun, index: number): Promise<RunView> {
  const { name, kind } = run;
  const standing = await run.standing();
  const none = { state: "missing", progress: null, settings: null, results: null, message: null } as const;
  const pictures = (await run.pictures()).map(({ id, title, iteration, version }) => ({
    title,
    iteration,
    address: `api/runs/${index}/pictures/${id}.png?${version}`,
  }));
  return { name, kind, ...(standing ?? none), pictures };
}

function json(value: RunList | RunView): Answer {
  return { type: "application/json", body: JSON.stringify(value), caching: "no-store" };
}
