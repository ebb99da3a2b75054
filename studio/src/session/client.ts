import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Evaluation } from "../../../src/results.js";
import type { LiveSettings, Settings, Side } from "../settings/settings.js";
import type { Answer, Command, DeviceChoice, Layer, Machine, OwnPoints, Scene, SideFrame } from "./protocol.js";

/** What is known of one side. */
export interface SideView {
  /** The newest frame, `null` until there is one. */
  readonly frame: ReadonlySignal<SideFrame | null>;
  /** All since the start, oldest first. */
  readonly evaluations: ReadonlySignal<readonly Evaluation[]>;
  /** Where this side has ended with a loss that is not finite. */
  readonly diverged: ReadonlySignal<{ readonly iteration: number; readonly term: string } | null>;
}

/** The page's end of the worker that trains: what it says, as signals, and what it can be told. */
export interface Session {
  readonly machine: ReadonlySignal<Machine | null>;
  /** `null` while a start is under way. */
  readonly scene: ReadonlySignal<Scene | null>;
  readonly playing: ReadonlySignal<boolean>;
  /** What last went wrong, in a sentence; the next start clears it. */
  readonly error: ReadonlySignal<string | null>;
  readonly sides: Readonly<Record<Side, SideView>>;
  /** Begins both runs anew, paused. `play` may follow at once. */
  start(settings: Settings, options?: { readonly own?: OwnPoints | null; readonly device?: DeviceChoice }): void;
  play(): void;
  pause(): void;
  /** One generator iteration or one critic update of both sides, which are paused then. */
  step(what: "generator" | "critic"): void;
  /** Iterations a second at most; `null`: as many as the machine gives. */
  setSpeed(limit: number | null): void;
  /** Puts new values of the live settings into the runs under way. */
  change(settings: LiveSettings): void;
  /** What frames shall hold besides the fakes; a paused run sends a new frame. */
  setLayers(layers: readonly Layer[]): void;
  /** To be called once a frame is on the screen: the next one comes only then. */
  drawn(): void;
  /** Images on the arc between two latents, `[steps, ...shape]` of each side. */
  interpolate(seed: number, steps: number): Promise<Readonly<Record<Side, Float32Array>>>;
  /** The generator as an ONNX file. */
  exportGenerator(side: Side): Promise<{ readonly iteration: number; readonly model: Uint8Array }>;
  /** Ends the worker. */
  close(): void;
}

/** Begins a worker. It does nothing before the first `start`. */
export function createSession(): Session {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const machine = signal<Machine | null>(null);
  const scene = signal<Scene | null>(null);
  const playing = signal(false);
  const error = signal<string | null>(null);
  const sides = { left: sideSignals(), right: sideSignals() };
  const pending = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let run = 0;
  let request = 0;

  const tell = (command: Command) => worker.postMessage(command);
  const ask = <T extends Answer["type"]>(command: Command & { readonly request: number }) => {
    tell(command);
    return new Promise<Extract<Answer, { type: T }>>((resolve, reject) => {
      pending.set(command.request, { resolve: resolve as (answer: Answer) => void, reject });
    });
  };
  const settle = (
    number: number,
    act: (waiting: { resolve(answer: Answer): void; reject(error: Error): void }) => void,
  ) => {
    const waiting = pending.get(number);
    pending.delete(number);
    if (waiting) act(waiting);
  };
  const fail = (message: string) =>
    batch(() => {
      error.value = message;
      playing.value = false;
    });

  const receive = (answer: Answer) => {
    if ("request" in answer && answer.request !== null) {
      return settle(answer.request, ({ resolve, reject }) =>
        answer.type === "error" ? reject(new Error(answer.message)) : resolve(answer),
      );
    }
    if ("run" in answer && answer.run !== run) return;
    switch (answer.type) {
      case "machine":
        machine.value = answer.machine;
        break;
      case "started":
        scene.value = answer.scene;
        break;
      case "frame":
        for (const side of ["left", "right"] as const) sides[side].frame.value = answer.sides[side];
        break;
      case "evaluation": {
        const { evaluations } = sides[answer.side];
        evaluations.value = [...evaluations.value, answer.evaluation];
        break;
      }
      case "diverged":
        sides[answer.side].diverged.value = { iteration: answer.iteration, term: answer.term };
        if (sides.left.diverged.value && sides.right.diverged.value) playing.value = false;
        break;
      case "error":
        fail(answer.message);
    }
  };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => batch(() => receive(data));
  worker.onerror = ({ message }) => fail(message || "The worker that trains could not be loaded.");

  return {
    machine,
    scene,
    playing,
    error,
    sides,
    start(settings, { own = null, device = "auto" } = {}) {
      run++;
      batch(() => {
        scene.value = null;
        playing.value = false;
        error.value = null;
        for (const side of Object.values(sides)) side.clear();
      });
      tell({ type: "start", run, settings, own, device });
    },
    play() {
      playing.value = true;
      tell({ type: "play" });
    },
    pause() {
      playing.value = false;
      tell({ type: "pause" });
    },
    step(what) {
      playing.value = false;
      tell({ type: "step", what });
    },
    setSpeed: (limit) => tell({ type: "speed", limit }),
    change: (settings) => tell({ type: "change", settings }),
    setLayers: (layers) => tell({ type: "layers", layers }),
    drawn: () => tell({ type: "drawn" }),
    async interpolate(seed, steps) {
      return (await ask<"interpolation">({ type: "interpolate", request: request++, seed, steps })).images;
    },
    exportGenerator: (side) => ask<"exported">({ type: "export", request: request++, side }),
    close: () => worker.terminate(),
  };
}

function sideSignals() {
  const frame = signal<SideFrame | null>(null);
  const evaluations = signal<readonly Evaluation[]>([]);
  const diverged = signal<{ readonly iteration: number; readonly term: string } | null>(null);
  const clear = () => {
    frame.value = null;
    evaluations.value = [];
    diverged.value = null;
  };
  return { frame, evaluations, diverged, clear };
}
