import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Results } from "../../../src/runs/results.js";
import type { RunEntry, RunList } from "../../../src/studioServer/protocol.js";
import { follow } from "./follow.js";
import { type Problem, readResultsFile } from "./readResults.js";

const LIST = "api/runs.json";

/** A results.json that the reader has opened on the page. */
export interface OpenedFile {
  readonly name: string;
  readonly results: Results;
}

/** The runs that `monge studio` was started with; none where the page is served by anything else. */
export const namedRuns = signal<readonly RunEntry[]>([]);

/** In the order of their opening. */
export const openedFiles = signal<readonly OpenedFile[]>([]);

/** Which of them is shown: a place in one of the two lists. */
export const chosen: Signal<{ readonly of: "named" | "files"; readonly index: number }> = signal({
  of: "named",
  index: 0,
});

/** Which of the named runs is shown, from 0; the first where a file is. */
export const chosenRun: ReadonlySignal<number> = computed(() => {
  const { of, index } = chosen.value;
  return of === "named" ? index : 0;
});

/** Shows a named run; the first where there are not so many once they are known. */
export function showNamedRun(index: number): void {
  chosen.value = { of: "named", index };
}

/**
 * Finds out which runs were named, and follows them from then on. To be called once, when the page starts.
 * @returns whether there are any
 */
export async function findRuns(): Promise<boolean> {
  const answer = await fetch(LIST, { cache: "no-store" }).catch(() => null);
  const list: RunList | null = answer?.ok ? await answer.json().catch(() => null) : null;
  // The static build has an empty list at that address, and other hosts may answer anything.
  if (!Array.isArray(list?.runs) || list.runs.length === 0) return false;
  namedRuns.value = list.runs;
  if (chosenRun.value >= list.runs.length) showNamedRun(0);
  follow<RunList>(LIST, {
    take: ({ runs }) => {
      namedRuns.value = runs;
    },
  });
  return true;
}

/**
 * Opens a results.json and shows it; one that was opened by the same name is replaced.
 * @returns what is wrong with it, or `null`
 */
export async function openFile(file: File): Promise<Problem | null> {
  const read = await readResultsFile(file);
  if ("problem" in read) return read.problem;
  const others = openedFiles.value.filter(({ name }) => name !== file.name);
  openedFiles.value = [...others, { name: file.name, results: read.results }];
  chosen.value = { of: "files", index: others.length };
  return null;
}
