import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { type Settings, SIDES, type Side } from "../settings/settings.js";
import { connect, sentenceOf } from "./connection.js";
import { withEvaluation, withSettled } from "./history.js";
import type { Answer, DeviceChoice, Layer, Machine, OwnPoints, Scene, SideFrame, StepKind } from "./protocol.js";
import type { SettleQuestion } from "./settleProtocol.js";
import { createSettler } from "./settler.js";
import type { Standing } from "./standing.js";

/** What is known of one side. */
export interface SideView {
  /** The newest frame, `null` until there is one. */
  readonly frame: ReadonlySignal<SideFrame | null>;
  /** Since the start, oldest first; of a long run the older ones are fewer. */
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
  /** What has gone wrong, in a sentence; nothing is trained until the next start, which clears it. */
  readonly error: ReadonlySignal<string | null>;
  readonly sides: Readonly<Record<Side, SideView>>;
  /** Iterations of both sides in a second; 0 at rest. */
  readonly perSecond: ReadonlySignal<number>;
  /** Begins both runs, paused. `play` may follow at once. */
  start(settings: Settings, options?: StartOptions): void;
  /** How the runs stand, to go on from there later. Rejected where their worker ends before it has answered. */
  stand(): Promise<Standing>;
  /**
   * Both sides pause by themselves at the iteration `until`, also where they were paused and played again before that.
   * Default: the iteration that was asked for last and is not reached, or else none.
   */
  play(until?: number): void;
  pause(): void;
  /** A step of both sides, which are paused then. */
  step(what: StepKind): void;
  /** Iterations a second at most; `null`: as many as the machine gives. */
  setSpeed(limit: number | null): void;
  /** Puts new values of the live settings into the runs under way. */
  change(settings: Settings): void;
  /** What frames shall hold besides the fakes; a paused run sends a new frame. */
  setLayers(layers: readonly Layer[]): void;
  /** To be called once a frame is on the screen: the next one comes only then. */
  drawn(): void;
  /** Images on the arc between two latents, `[steps, ...shape]` of each side. */
  interpolate(seed: number, steps: number): Promise<Readonly<Record<Side, Float32Array>>>;
  /** Whether critics are settling. */
  readonly settling: ReadonlySignal<boolean>;
  /**
   * Lets copies of the critics settle against the generators as they are, in a worker of its own, while training goes on; what they say
   * then comes into the evaluations. Does nothing while others are settling.
   * @returns whether there is something new: nothing settles without a W-loss, a condition and held-out samples
   */
  settle(): Promise<boolean>;
  /** The generator as an ONNX file. */
  exportGenerator(side: Side): Promise<{ readonly iteration: number; readonly model: Uint8Array }>;
  /** Ends the worker. */
  close(): void;
}

export interface StartOptions {
  /** Default: `null`, where the data are not the reader's own. */
  readonly own?: OwnPoints | null;
  /** Default: "auto". */
  readonly device?: DeviceChoice;
  /** Where both sides go on from: they stood there with the same settings. Default: `null`, their beginning. */
  readonly from?: Standing | null;
}

/** Begins a worker. It does nothing before the first `start`. */
export function createSession(): Session {
  const machine = signal<Machine | null>(null);
  const scene = signal<Scene | null>(null);
  const playing = signal(false);
  const error = signal<string | null>(null);
  const perSecond = signal(0);
  const sides = { left: sideSignals(), right: sideSignals() };
  const connection = connect(
    (answer) => batch(() => receive(answer)),
    (message) => batch(() => fail(message)),
  );
  const settling = signal(false);
  const settler = createSettler();
  let run = 0;
  let current: Pick<SettleQuestion, "settings" | "own"> | undefined;
  let limit: number | null = null;
  let stop: number | null = null;
  let layers: readonly Layer[] = [];

  function fail(message: string): void {
    error.value = message;
    playing.value = false;
  }

  function receive(answer: Answer): void {
    if ("run" in answer && answer.run !== run) return;
    switch (answer.type) {
      case "machine":
        machine.value = answer.machine;
        break;
      case "started":
        scene.value = answer.scene;
        break;
      case "frame":
        for (const side of SIDES) sides[side].frame.value = answer.sides[side];
        perSecond.value = answer.perSecond;
        break;
      case "evaluation": {
        const { evaluations } = sides[answer.side];
        evaluations.value = withEvaluation(evaluations.value, answer.evaluation);
        break;
      }
      case "reached":
        // Otherwise the page has asked for more in the meantime.
        if (answer.until !== stop) break;
        stop = null;
        playing.value = false;
        break;
      case "diverged":
        sides[answer.side].diverged.value = { iteration: answer.iteration, term: answer.term };
        if (over()) playing.value = false;
        break;
      case "error":
        fail(sentenceOf(answer));
    }
  }

  function over(): boolean {
    return SIDES.every((side) => sides[side].diverged.value !== null);
  }

  /** A worker in which something went wrong, out of memory say, may not be able to go on. */
  function renew(): void {
    connection.renew();
    connection.tell({ type: "speed", limit });
    connection.tell({ type: "layers", layers });
  }

  async function stand(): Promise<Standing> {
    // What is asked and known now is of one run, whatever starts until the answer comes.
    const evaluations = { left: sides.left.evaluations.value, right: sides.right.evaluations.value };
    const { sides: snapshots } = (await connection.ask({ type: "snapshot" })) as Answered<"snapshots">;
    return { sides: snapshots, evaluations };
  }

  return {
    machine,
    scene,
    playing,
    error,
    sides,
    perSecond,
    start(settings, { own = null, device = "auto", from = null } = {}) {
      if (error.value !== null) renew();
      run++;
      current = { settings, own };
      stop = null;
      settler.giveUp();
      batch(() => {
        scene.value = null;
        playing.value = false;
        error.value = null;
        perSecond.value = 0;
        for (const side of SIDES) sides[side].begin(from?.evaluations[side] ?? []);
      });
      connection.tell({ type: "start", run, settings, own, device, from: from?.sides ?? null });
    },
    stand,
    play(until) {
      if (error.value !== null) return;
      playing.value = !over();
      stop = until ?? stop;
      connection.tell({ type: "play", until: stop });
    },
    pause() {
      playing.value = false;
      connection.tell({ type: "pause" });
    },
    step(what) {
      if (error.value !== null) return;
      playing.value = false;
      connection.tell({ type: "step", what });
    },
    setSpeed(most) {
      limit = most;
      connection.tell({ type: "speed", limit });
    },
    change(settings) {
      if (current) current = { ...current, settings };
      connection.tell({ type: "change", settings });
    },
    setLayers(wanted) {
      layers = wanted;
      connection.tell({ type: "layers", layers });
    },
    drawn: () => connection.tell({ type: "drawn" }),
    async interpolate(seed, steps) {
      return ((await connection.ask({ type: "interpolate", seed, steps })) as Answered<"interpolation">).images;
    },
    settling,
    async settle() {
      if (settling.value || !current) return false;
      const asked = run;
      settling.value = true;
      try {
        const { sides: snapshots } = await stand();
        if (run !== asked) return false;
        const settled = await settler.settle({ ...current, sides: snapshots });
        if (run !== asked) return false;
        batch(() => {
          for (const side of SIDES) {
            const { evaluations } = sides[side];
            const evaluation = settled[side];
            if (evaluation) evaluations.value = withSettled(evaluations.value, evaluation);
          }
        });
        return SIDES.some((side) => settled[side] !== null);
      } finally {
        settling.value = false;
      }
    },
    exportGenerator: async (side) => (await connection.ask({ type: "export", side })) as Answered<"exported">,
    close() {
      settler.giveUp();
      connection.close();
    },
  };
}

type Answered<T extends Answer["type"]> = Extract<Answer, { readonly type: T }>;

function sideSignals() {
  const frame = signal<SideFrame | null>(null);
  const evaluations = signal<readonly Evaluation[]>([]);
  const diverged = signal<{ readonly iteration: number; readonly term: string } | null>(null);
  const begin = (known: readonly Evaluation[]) => {
    frame.value = null;
    evaluations.value = known;
    diverged.value = null;
  };
  return { frame, evaluations, diverged, begin };
}
