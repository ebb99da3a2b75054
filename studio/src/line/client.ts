import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { text } from "../language/index.js";
import type { LineAnswer, LineCommand, LineFrame, Means } from "./protocol.js";

/** The page's end of the worker that trains on the line. */
export interface LineSession {
  /** The newest frame, `null` until there is one. */
  readonly frame: ReadonlySignal<LineFrame | null>;
  readonly playing: ReadonlySignal<boolean>;
  /** What went wrong, in a sentence; the next start clears it. */
  readonly error: ReadonlySignal<string | null>;
  /** Begins both networks anew, and trains them. */
  start(seed: number, means: Means): void;
  move(means: Means): void;
  play(): void;
  pause(): void;
  /** To be called once a frame is on the screen: the next one comes only then. */
  drawn(): void;
  close(): void;
}

/** Begins a worker. It does nothing before the first `start`. */
export function createLineSession(): LineSession {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const frame = signal<LineFrame | null>(null);
  const playing = signal(false);
  const error = signal<string | null>(null);
  let run = 0;

  const tell = (command: LineCommand) => worker.postMessage(command);
  const fail = (message: string) =>
    batch(() => {
      error.value = message;
      playing.value = false;
    });
  worker.onmessage = ({ data }: MessageEvent<LineAnswer>) => {
    if (data.run !== run) return;
    if (data.type === "error") fail(data.message);
    else frame.value = data.frame;
  };
  worker.onerror = ({ message }) => fail(message || text().page.workerFailed);

  return {
    frame,
    playing,
    error,
    start(seed, means) {
      run++;
      batch(() => {
        error.value = null;
        playing.value = true;
      });
      // A frame of the last run may never be drawn: without this the worker would wait for it.
      tell({ type: "drawn" });
      tell({ type: "start", run, seed, means });
    },
    move: (means) => tell({ type: "move", means }),
    play() {
      playing.value = true;
      tell({ type: "play" });
    },
    pause() {
      playing.value = false;
      tell({ type: "pause" });
    },
    drawn: () => tell({ type: "drawn" }),
    close: () => worker.terminate(),
  };
}
