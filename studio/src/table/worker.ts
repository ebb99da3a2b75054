import { configureRuntime } from "../../../src/engine/runtime/browser.js";
import { askedOf } from "../../../src/runs/askedOfTable.js";
import type { CellTable } from "../../../src/tables/cellTable.js";
import type { Table } from "../../../src/tables/table.js";
import { unpackedBytes } from "../data/unpackedBytes.js";
import { createInbox } from "../session/inbox.js";
import { RUNTIME_FILES } from "../session/runtimeFiles.js";
import { threadsAmong } from "../session/threads.js";
import { judgedPage } from "./judgeTable.js";
import { liveFigures } from "./liveFigures.js";
import { madeRows, madeTable, modelFile, partedTable } from "./makeTable.js";
import { type ChosenTable, cellsOfFile, chosenTable } from "./openTable.js";
import type { Progress, TableAnswer, TableCommand, TableRequest } from "./protocol.js";
import { LIVE_ROWS, type TrainedTable, trainTable } from "./trainTable.js";
import { warmUp } from "./warmUp.js";

const threads = threadsAmong(1);
configureRuntime({ threads, ...RUNTIME_FILES });

/** How often the page is told how far something is, in milliseconds. */
const TOLD_EVERY = 100;

const inbox = createInbox<TableRequest>();
let cells: CellTable | undefined;
let table: ChosenTable | undefined;
let run: TrainedTable | undefined;
let stop = new AbortController();
/** Resolved when a paused training goes on. */
let pause: { readonly over: Promise<void>; end(): void } | undefined;
let told = 0;

function post(answer: TableAnswer): void {
  self.postMessage(answer);
}

function tell(progress: Progress): void {
  const now = performance.now();
  if (now - told < TOLD_EVERY && progress.done < progress.of) return;
  told = now;
  post({ type: "progress", progress });
}

async function obey(command: TableRequest): Promise<TableAnswer> {
  const { request } = command;
  switch (command.type) {
    case "open": {
      cells = cellsOfFile(await unpackedBytes(command.file), command.name);
      return { type: "opened", request, table: choose({ types: {}, drop: [] }) };
    }
    case "choose":
      return { type: "opened", request, table: choose(command.choices) };
    case "train": {
      const chosen = opened(table);
      stop = new AbortController();
      // One that was paused while its rows got their finish did not wait.
      goOn();
      run = undefined;
      const figures = await liveFigures({ schema: chosen.data.table.schema, ...partedTable(chosen.table) });
      const tellOf = async (rows: Table, iteration: number | null) =>
        post({ type: "figures", figures: await figures(rows, iteration) });
      run = await trainTable(chosen, {
        ...{ seconds: command.seconds, seed: command.seed, stop: stop.signal, gate, onProgress: tell },
        onRows: tellOf,
      });
      const asked = { count: Math.min(LIVE_ROWS, chosen.table.rows), seed: 0, where: [] };
      await tellOf(await madeTable(run, asked, () => {}), null);
      return { type: "trained", request, trained: run.trained };
    }
    case "check":
      askedOf(opened(run), command.where);
      return { type: "checked", request };
    case "sample": {
      const { count } = command.asked;
      const onProgress = (done: number) => tell({ doing: "sampling", done, of: count });
      return { type: "rows", request, rows: await madeRows(opened(run), command.asked, onProgress) };
    }
    case "model":
      return { type: "file", request, file: modelFile(opened(run), command.folder) };
    case "report":
      return { type: "file", request, file: await judgedPage(opened(run), partedTable(opened(table).table), tell) };
  }
}

function choose(choices: Parameters<typeof chosenTable>[1]) {
  table = chosenTable(opened(cells), choices);
  run = undefined;
  return table.facts;
}

/** What a command needs, which those before it have made. */
function opened<T>(made: T | undefined): T {
  if (made === undefined) throw new RangeError("a command came before what it needs");
  return made;
}

/** Between two iterations: messages come in, and a paused training waits. */
async function gate(): Promise<void> {
  await inbox.arrival(0);
  await pause?.over;
}

function halt(): void {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  pause ??= { over, end };
}

function goOn(): void {
  pause?.end();
  pause = undefined;
}

self.addEventListener("message", ({ data }: MessageEvent<TableCommand>) => {
  switch (data.type) {
    case "pause":
      return halt();
    case "goOn":
      return goOn();
    case "stop":
      stop.abort();
      return goOn();
    default:
      inbox.push(data);
  }
});

async function serve(): Promise<never> {
  await warmUp();
  post({ type: "ready", threads });
  for (;;) {
    for (let command = inbox.take(); command; command = inbox.take()) {
      const { request } = command;
      try {
        const answer = await obey(command);
        post({ type: "progress", progress: null });
        post(answer);
      } catch (error) {
        post({ type: "progress", progress: null });
        post({ type: "error", request, message: error instanceof Error ? error.message : String(error) });
      }
    }
    await inbox.arrival(Number.POSITIVE_INFINITY);
  }
}

void serve();
