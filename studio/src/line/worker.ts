import { configureRuntime } from "../../../src/engine/runtime/browser.js";
import { createInbox } from "../session/inbox.js";
import { RUNTIME_FILES } from "../session/runtimeFiles.js";
import { createPlayers, type Players } from "./players.js";
import type { LineAnswer, LineCommand, Means } from "./protocol.js";

/** Milliseconds from one frame to the next. */
const TICK = 1000 / 30;
/** Updates between two frames, and the milliseconds after which no further one is begun: a core is not to be kept busy for a sigmoid. */
const UPDATES = 10;
const BUSY = 20;

// Matrices this small are multiplied sooner than they are shared out.
configureRuntime({ threads: 1, ...RUNTIME_FILES });

const inbox = createInbox<LineCommand>();
let run = 0;
let players: Players | undefined;
let means: Means = { real: 0, fake: 0 };
let playing = false;
/** The page would take a frame. */
let wanted = true;
/** What the page was last sent is not how things are. */
let stale = false;
let nextTick = 0;

function post(answer: LineAnswer): void {
  self.postMessage(answer);
}

async function obey(command: LineCommand): Promise<void> {
  switch (command.type) {
    case "start":
      run = command.run;
      means = command.means;
      await players?.release();
      players = undefined;
      players = await createPlayers(command.seed);
      playing = true;
      stale = true;
      break;
    case "move":
      means = command.means;
      stale = true;
      break;
    case "play":
      playing = true;
      break;
    case "pause":
      playing = false;
      break;
    case "drawn":
      wanted = true;
  }
}

async function tick(): Promise<void> {
  if (!players) return;
  const began = performance.now();
  nextTick = began + TICK;
  for (let k = 0; playing && k < UPDATES && performance.now() < began + BUSY; k++) {
    await players.update(means);
    stale = true;
  }
  if (!stale || !wanted) return;
  post({ type: "frame", run, frame: await players.frame(means) });
  stale = false;
  wanted = false;
}

async function serve(): Promise<never> {
  for (;;) {
    try {
      for (let command = inbox.take(); command; command = inbox.take()) await obey(command);
      if (performance.now() >= nextTick) await tick();
    } catch (error) {
      playing = false;
      players = undefined;
      post({ type: "error", run, message: error instanceof Error ? error.message : String(error) });
    }
    await inbox.arrival(playing || (stale && wanted) ? Math.max(0, nextTick - performance.now()) : Infinity);
  }
}

self.addEventListener("message", ({ data }: MessageEvent<LineCommand>) => inbox.push(data));
void serve();
