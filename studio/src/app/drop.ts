import { type Signal, signal } from "@preact/signals";
import { openDialog } from "../data/dialogs.js";
import type { Dictionary } from "../language/index.js";
import { openFile } from "../runs/index.js";
import { tableSession } from "../table/session.js";
import type { Studio } from "./studio.js";

/** Whether a file is held over the page. */
export const isOver: Signal<boolean> = signal(false);

/** Takes files that are dropped anywhere on the page: tables of points, and results of runs. Returns what ends it. */
export function acceptDrops(studio: Studio): () => void {
  const listening = new AbortController();
  const { signal: ended } = listening;
  const over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    isOver.value = true;
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) isOver.value = false;
  };
  const drop = (event: DragEvent) => {
    isOver.value = false;
    const file = event.dataTransfer?.files[0];
    if (event.defaultPrevented || !file) return;
    event.preventDefault();
    void take(studio, file);
  };
  document.addEventListener("dragover", over, { signal: ended });
  document.addEventListener("dragleave", leave, { signal: ended });
  document.addEventListener("drop", drop, { signal: ended });
  return () => listening.abort();
}

/** Shows the view of tables with a file in it, unless something is under way there. */
export function openTable(studio: Studio, file: File): void {
  studio.view.value = "table";
  const session = tableSession();
  if (session.busy.value === null) session.open(file, file.name);
  else studio.notice.value = { kind: "said", sentence: ({ table }) => table.busy };
}

async function take(studio: Studio, file: File): Promise<void> {
  const ending = file.name.toLowerCase().split(".").at(-1)!;
  const isShownTable = studio.view.value === "table" && ["csv", "tsv", "txt", "json", "jsonl", "gz"].includes(ending);
  if (isShownTable || ending === "xlsx") return openTable(studio, file);
  if (["csv", "tsv", "txt", "jsonl", "npy", "npz", "idx", "gz"].includes(ending)) {
    studio.view.value = "plane";
    openDialog.value = { kind: "file", dropped: file };
    return;
  }
  const problem = ending === "json" ? await openFile(file) : ({ data }: Dictionary) => data.problems.kind(file.name);
  if (problem === null) studio.view.value = "runs";
  else studio.notice.value = { kind: "said", sentence: problem };
}
