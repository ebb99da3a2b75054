import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { LARGEST_FILE } from "./limits.js";
import type {
  ColumnChoices,
  LiveFigures,
  MadeRows,
  Progress,
  RowsAsked,
  TableAnswer,
  TableCommand,
  TableFacts,
  TableNudge,
  TableRequest,
  Trained,
} from "./protocol.js";

/** The page's end of the worker that trains on a table. */
export interface TableSession {
  /** Threads of the worker, once all that it needs is there; from then on nothing is fetched. */
  readonly threads: ReadonlySignal<number | null>;
  readonly table: ReadonlySignal<TableFacts | null>;
  readonly choices: ReadonlySignal<ColumnChoices>;
  /** What is under way: a request at a time. */
  readonly busy: ReadonlySignal<TableRequest["type"] | null>;
  readonly paused: ReadonlySignal<boolean>;
  readonly progress: ReadonlySignal<Progress | null>;
  readonly figures: ReadonlySignal<LiveFigures | null>;
  readonly trained: ReadonlySignal<Trained | null>;
  readonly rows: ReadonlySignal<MadeRows | null>;
  /** Whether something is trained, or was and nothing of it was saved: the reader is asked before it is lost. */
  readonly isUnsaved: ReadonlySignal<boolean>;
  /** What could not be done, and why, in a sentence; the next request clears it. */
  readonly problem: ReadonlySignal<Problem | null>;
  /** What is refused leaves the table that was open. */
  open(file: Blob, name: string): void;
  /** What is refused leaves the table as it was. @returns whether the reader agrees to lose what was trained */
  choose(choices: ColumnChoices): boolean;
  train(seconds: number, seed: number): void;
  nudge(type: TableNudge["type"]): void;
  /** @returns whether rows can be made under these conditions */
  check(where: readonly string[]): Promise<boolean>;
  /** @returns whether they were made */
  sample(asked: RowsAsked): Promise<boolean>;
  /** Rows or the model were saved. */
  saved(): void;
  /** The run as a zipped folder. */
  model(folder: string): Promise<Blob | null>;
  /** A page that judges new rows, as HTML. */
  report(): Promise<Blob | null>;
}

/** Why something that was asked could not be done. */
export interface Problem {
  readonly of: TableRequest["type"];
  readonly sentence: string;
}

type Question = TableRequest extends infer R ? (R extends TableRequest ? Omit<R, "request"> : never) : never;

const MEGABYTE = 1e6;
/** What is chosen of a table that was just opened. */
const NONE: ColumnChoices = { types: {}, drop: [] };

/** Begins a worker, which fetches all that it will need. */
export function createTableSession(): TableSession {
  const threads = signal<number | null>(null);
  const table = signal<TableFacts | null>(null);
  const choices = signal<ColumnChoices>(NONE);
  const busy = signal<TableRequest["type"] | null>(null);
  const paused = signal(false);
  const progress = signal<Progress | null>(null);
  const figures = signal<LiveFigures | null>(null);
  const trained = signal<Trained | null>(null);
  const rows = signal<MadeRows | null>(null);
  const problem = signal<Problem | null>(null);
  const isSaved = signal(false);
  const isUnsaved = computed(() => busy.value === "train" || (trained.value !== null && !isSaved.value));
  let requests = 0;
  let answered: ((answer: TableAnswer | null) => void) | undefined;

  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<TableAnswer>) => batch(() => receive(data));
  worker.onerror = ({ message }) => batch(() => settle(null, message || text().page.workerFailed));

  function receive(answer: TableAnswer): void {
    switch (answer.type) {
      case "ready":
        threads.value = answer.threads;
        break;
      case "progress":
        progress.value = answer.progress;
        // What follows the iterations does not wait.
        if (answer.progress?.doing !== "training") paused.value = false;
        break;
      case "figures":
        figures.value = answer.figures;
        break;
      case "error":
        settle(null, answer.message);
        break;
      default:
        settle(answer, null);
    }
  }

  function settle(answer: TableAnswer | null, message: string | null): void {
    // A worker that could not be loaded opens nothing.
    if (message !== null) problem.value = { of: busy.value ?? "open", sentence: message };
    busy.value = null;
    paused.value = false;
    progress.value = null;
    answered?.(answer);
    answered = undefined;
  }

  function ask(question: Question): Promise<TableAnswer | null> {
    batch(() => {
      busy.value = question.type;
      problem.value = null;
    });
    tell({ ...question, request: requests++ });
    return new Promise((resolve) => {
      answered = resolve;
    });
  }

  const tell = (command: TableCommand) => worker.postMessage(command);

  /** Forgets what was trained on a table as it was before. */
  function forget(): void {
    figures.value = null;
    trained.value = null;
    rows.value = null;
    isSaved.value = false;
  }

  const mayForget = () => !isUnsaved.peek() || confirm(text().table.losing);

  async function opening(question: Question, then: ColumnChoices): Promise<void> {
    const answer = await ask(question);
    if (answer?.type !== "opened") return;
    batch(() => {
      forget();
      choices.value = then;
      table.value = answer.table;
    });
  }

  async function file(question: Question): Promise<Blob | null> {
    const answer = await ask(question);
    return answer?.type === "file" ? answer.file : null;
  }

  return {
    threads,
    table,
    choices,
    busy,
    paused,
    progress,
    figures,
    trained,
    rows,
    problem,
    isUnsaved,
    open(file, name) {
      const size = whole(file.size / MEGABYTE);
      const sentence = text().table.large(name, size, whole(LARGEST_FILE / MEGABYTE));
      if (file.size > LARGEST_FILE) problem.value = { of: "open", sentence };
      else if (mayForget()) void opening({ type: "open", file, name }, NONE);
    },
    choose(wanted) {
      const may = mayForget();
      if (may) void opening({ type: "choose", choices: wanted }, wanted);
      return may;
    },
    async train(seconds, seed) {
      if (!mayForget()) return;
      forget();
      const answer = await ask({ type: "train", seconds, seed });
      if (answer?.type === "trained") trained.value = answer.trained;
    },
    nudge(type) {
      paused.value = type === "pause";
      tell({ type });
    },
    check: async (where) => (await ask({ type: "check", where }))?.type === "checked",
    saved() {
      isSaved.value = true;
    },
    async sample(asked) {
      // Rows of other conditions are not taken for these.
      rows.value = null;
      const answer = await ask({ type: "sample", asked });
      if (answer?.type !== "rows") return false;
      rows.value = answer.rows;
      return true;
    },
    model: (folder) => file({ type: "model", folder }),
    report: () => file({ type: "report" }),
  };
}
