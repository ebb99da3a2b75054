import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { settledEstimate } from "../../../src/metrics/settled.js";
import { createSharedTime, type SharedTime } from "../charts/index.js";
import type { KeptRun } from "../kept/keptRun.js";
import type { Dictionary } from "../language/index.js";
import { fetchPrepared, type Mode, type PreparedName, type Seen, type Stage } from "../lessons/index.js";
import type { LineSettings } from "../line/protocol.js";
import { lineFrame } from "../line/shown.js";
import { chosenRun, namedRuns, showNamedRun } from "../runs/index.js";
import { frameLayers, SCENE_LAYERS, type SceneLayer } from "../scene/index.js";
import { createSession, type Session } from "../session/client.js";
import type { DeviceChoice, OwnPoints, Scene, StepKind } from "../session/protocol.js";
import { type Standing, standingOf } from "../session/standing.js";
import { changedNames, isLive, withChange } from "../settings/change.js";
import { settles } from "../settings/pairing.js";
import { hasOwnPoints, type Settings, SIDES, type Side } from "../settings/settings.js";
import { type fromUrl, type Linked, type LinkNote, type Presented, toUrl, type View } from "../settings/url.js";
import { createFilm, type Film } from "../time/film.js";
import { type Beginning, type Change, createChanges } from "./changes.js";

/** Something that the reader is told once, until the next such thing. */
export type Notice =
  /** Settings changed, none where the reader began anew; or a change of them was taken back. */
  | { readonly kind: Change["kind"] | "undone"; readonly names: readonly string[] }
  /** The run that this browser kept goes on. */
  | { readonly kind: "resumed"; readonly iteration: number }
  | { readonly kind: "link"; readonly notes: readonly LinkNote[] }
  /** The lessons were left, and the page was set otherwise before them. */
  | { readonly kind: "taught"; readonly back: () => void }
  /** In the words of whatever language the page is in by then. */
  | { readonly kind: "said"; readonly sentence: (words: Dictionary) => string };

/** Images between two latents, one row of each side. */
export type Interpolation = Readonly<Record<Side, Float32Array>>;

/** The state of the page and all that can be done to it. */
export interface Studio extends Stage {
  readonly session: Session;
  readonly settings: ReadonlySignal<Settings>;
  /** How the runs stand, in a word of the status line. */
  readonly state: ReadonlySignal<"loading" | "ready" | "training" | "paused" | "over">;
  readonly layers: ReadonlySignal<readonly SceneLayer[]>;
  readonly line: Signal<LineSettings>;
  readonly view: Signal<View>;
  /** What presenter mode shows; `null` where it is off. */
  readonly present: Signal<Presented | null>;
  /** Iterations a second at most; `null`: as many as the machine gives. */
  readonly speed: ReadonlySignal<number | null>;
  readonly device: ReadonlySignal<DeviceChoice>;
  /** Whether critics settle again and again while the runs go on. */
  readonly settle: Signal<boolean>;
  /** Whether both games are shown as diagrams instead of their pictures and charts. */
  readonly diagram: ReadonlySignal<boolean>;
  /** Whether a side has a critic that can settle. */
  readonly canSettle: ReadonlySignal<boolean>;
  readonly own: ReadonlySignal<OwnPoints | null>;
  readonly notice: Signal<Notice | null>;
  /** What is learned; the last one while the next is prepared. */
  readonly scene: ReadonlySignal<Scene | null>;
  readonly interpolation: ReadonlySignal<Interpolation | null>;
  readonly time: SharedTime;
  readonly film: Film;
  /** The iterations that the charts have. */
  readonly span: ReadonlySignal<readonly [number, number]>;
  /** The query of the address that restores the page. */
  readonly query: ReadonlySignal<string>;
  /** As if the reader had set these; begins the runs anew where that is needed. */
  apply(patch: Partial<Settings>): void;
  /** Begins the runs anew, paused, with the settings as they are. */
  restart(): void;
  /** Takes the last change of settings back, with the runs as they were where it began them anew. */
  undo(): void;
  /** Makes the change again that was taken back last. */
  redo(): void;
  /** How often `restart` was called. */
  readonly restarts: ReadonlySignal<number>;
  toggleLayer(layer: SceneLayer): void;
  toggleDiagram(): void;
  togglePlay(): void;
  step(what: StepKind): void;
  setDevice(device: DeviceChoice): void;
  /** Learns points of the reader's own. */
  learn(data: "drawn" | "file", own: OwnPoints): void;
  interpolate(): void;
  /** Lets the critics settle against the generators as they are. */
  settleNow(): void;
}

/**
 * A page that is set as its address says.
 * @param kept a run of that address, which goes on
 */
export function createStudio({ linked, notes }: ReturnType<typeof fromUrl>, kept: KeptRun | null): Studio {
  const session = createSession();
  const settings = signal(kept?.settings ?? linked.settings);
  const layers = signal(linked.layers);
  const view = signal(linked.view);
  const device = signal(linked.device);
  const settle = signal(linked.settle);
  const diagram = signal(linked.diagram);
  const own = signal(kept?.own ?? linked.own);
  const line = signal(linked.line);
  const speed = signal(linked.speed);
  const notice = signal<Notice | null>(notes.length > 0 ? { kind: "link", notes } : null);
  const scene = signal<Scene | null>(null);
  const interpolation = signal<Interpolation | null>(null);
  const lesson = signal<number | null>(null);
  const present = signal(linked.present);
  /** Whether the runs are those that a lesson began, as it set them. */
  const staged = signal(false);
  /** A prepared state is on its way: what is shown until then is not what was asked for. */
  const awaiting = signal(false);
  const time = createSharedTime();
  const film = createFilm(session.sides, time);
  showNamedRun(linked.run);
  const restarts = signal(0);
  let starts = 0;
  let interpolations = 0;

  effect(() => {
    scene.value = session.scene.value ?? scene.peek();
  });
  // Nothing is computed that is not shown.
  effect(() => session.setLayers(diagram.value ? ["surface", "flow"] : frameLayers(layers.value)));
  const canSettle = computed(() => SIDES.some((side) => settles(settings.value[side])));
  const ended = computed(() => SIDES.filter((side) => session.sides[side].diverged.value !== null).length);
  const iteration = computed(() => Math.max(...SIDES.map((side) => session.sides[side].frame.value?.iteration ?? 0)));

  const criticUpdates = computed(() =>
    Math.max(...SIDES.map((side) => session.sides[side].frame.value?.criticUpdates ?? 0)),
  );
  const state = computed(() => {
    if (ended.value === SIDES.length) return "over";
    if (session.sides.left.frame.value === null) return "loading";
    if (session.playing.value) return "training";
    return criticUpdates.value === 0 ? "ready" : "paused";
  });

  function begin(from: Standing | null = null): void {
    starts++;
    batch(() => {
      awaiting.value = false;
      staged.value = false;
      time.range.value = null;
      film.clear();
      interpolation.value = null;
      const points = hasOwnPoints(settings.value.data) ? own.value : null;
      session.start(settings.value, { own: points, device: device.value, from });
      session.setSpeed(speed.value);
    });
  }

  async function beginPrepared(name: PreparedName): Promise<void> {
    const start = ++starts;
    awaiting.value = true;
    session.pause();
    const from = await fetchPrepared(name).catch((error: unknown) => {
      notice.value = { kind: "said", sentence: ({ lessons }) => lessons.notPrepared(String(error)) };
    });
    if (starts !== start) return;
    begin(from ? standingOf(from) : null);
    staged.value = true;
  }

  /** How the runs stand before they are left; `null` where nothing was trained, or their worker ends first. */
  const left = () => (criticUpdates.value > 0 ? session.stand().catch(() => null) : null);

  const beginning = (): Beginning => ({ settings: settings.value, own: own.value, device: device.value });
  function put(wanted: Beginning): void {
    settings.value = wanted.settings;
    own.value = wanted.own;
    device.value = wanted.device;
  }

  /** Changes what the runs begin with, for which they begin anew and go on where they were going. */
  function beginAnew(names: readonly string[], change: Partial<Beginning>): void {
    const goesOn = session.playing.value;
    const before = beginning();
    changes.made({ kind: "restarted", names, other: before, standing: left() });
    batch(() => {
      put({ ...before, ...change });
      begin();
      if (goesOn) session.play();
      notice.value = { kind: "restarted", names };
    });
  }

  const changes = createChanges(async ({ kind, names, other, standing }, isUndo) => {
    const goesOn = session.playing.value;
    // A side that has ended can only begin anew.
    const goesThrough = kind === "changed" && ended.value === 0;
    const back: Change = { kind, names, other: beginning(), standing: goesThrough ? null : left() };
    const start = starts;
    const from = await standing;
    if (starts !== start) return back;
    batch(() => {
      put(other);
      if (goesThrough) session.change(other.settings);
      else begin(from);
      if (goesOn) session.play();
      notice.value = { kind: isUndo ? "undone" : kind, names };
    });
    return back;
  });

  /** All that the address holds, as it is now. */
  const held = computed(
    (): Linked => ({
      settings: settings.value,
      speed: speed.value,
      line: line.value,
      layers: layers.value,
      view: view.value,
      run: chosenRun.value,
      lesson: lesson.value,
      present: present.value,
      device: device.value,
      settle: settle.value,
      diagram: diagram.value,
      own: own.value,
    }),
  );

  async function restore(then: Linked, standing: ReturnType<typeof left>): Promise<void> {
    const start = starts;
    const from = await standing;
    if (starts !== start) return;
    batch(() => {
      notice.value = null;
      studio.setLayers(then.layers);
      studio.setSpeed(then.speed);
      line.value = then.line;
      view.value = then.view;
      settle.value = then.settle;
      diagram.value = then.diagram;
      put(then);
      begin(from);
    });
  }

  function apply(change: Partial<Settings>): void {
    const before = settings.value;
    const after = withChange(before, change);
    const names = changedNames(before, after);
    if (names.length === 0) return;
    // A side that has ended can only begin anew, and then both do, so that they can be compared.
    if (!names.every(isLive) || ended.value > 0) {
      beginAnew(names, { settings: after });
      return;
    }
    changes.made({ kind: "changed", names, other: beginning(), standing: null });
    batch(() => {
      settings.value = after;
      staged.value = false;
      session.change(after);
      if (iteration.value > 0) notice.value = { kind: "changed", names };
    });
  }

  function seenSide(side: Side) {
    const { frame, evaluations } = session.sides[side];
    return { frame: frame.value, evaluation: awaiting.value ? null : (evaluations.value.at(-1) ?? null) };
  }

  const studio: Studio = {
    session,
    settings,
    state,
    layers,
    line,
    view,
    speed,
    device,
    settle,
    diagram,
    canSettle,
    own,
    notice,
    scene,
    interpolation,
    time,
    film,
    span: computed(() => [0, Math.max(1, iteration.value)]),
    query: computed(() => toUrl(held.value, namedRuns.value.length > 0 ? null : "plane")),
    lesson,
    present,
    show(mode: Mode) {
      view.value = mode;
      diagram.value = false;
    },
    begin(wanted, prepared) {
      batch(() => {
        notice.value = null;
        changes.forget();
        settings.value = wanted;
        if (prepared) void beginPrepared(prepared);
        else begin();
        staged.value = true;
      });
    },
    apply,
    restarts,
    restart() {
      restarts.value++;
      session.pause();
      beginAnew([], {});
    },
    undo: changes.undo,
    redo: changes.redo,
    setLine(wanted) {
      line.value = wanted;
    },
    setLayers(wanted) {
      layers.value = SCENE_LAYERS.filter((layer) => wanted.includes(layer));
    },
    toggleLayer(layer) {
      const shown = layers.value;
      studio.setLayers(shown.includes(layer) ? shown.filter((one) => one !== layer) : [...shown, layer]);
    },
    toggleDiagram() {
      diagram.value = !diagram.value;
    },
    play: session.play,
    pause: session.pause,
    togglePlay: () => (session.playing.value ? session.pause() : session.play()),
    step: session.step,
    setSpeed(limit) {
      speed.value = limit;
      session.setSpeed(limit);
    },
    setDevice(wanted) {
      if (wanted === device.value) return;
      beginAnew(["device"], { device: wanted });
    },
    learn(data, points) {
      beginAnew(["data"], { own: points, settings: withChange(settings.value, { data }) });
    },
    interpolate() {
      const start = starts;
      session.interpolate(interpolations++, INTERPOLATED).then(
        (images) => {
          if (starts === start) interpolation.value = images;
        },
        // The worker was ended, or could not: then there is nothing to show.
        () => {},
      );
    },
    settleNow() {
      const start = starts;
      session.settle().then(
        (settled) => {
          if (settled || starts !== start) return;
          settle.value = false;
          notice.value = { kind: "said", sentence: ({ controls }) => controls.notSettled };
        },
        (error: unknown) => {
          if (starts !== start) return;
          settle.value = false;
          notice.value = { kind: "said", sentence: ({ controls }) => controls.settlingFailed(String(error)) };
        },
      );
    },
    remember() {
      const then = held.peek();
      const standing = untracked(left);
      const isAnother = () => standing !== null || toUrl(held.peek()) !== toUrl(then);
      const back = () => restore(then, standing);
      return {
        offer() {
          if (isAnother()) notice.value = { kind: "taught", back };
        },
        bring() {
          if (isAnother()) void back();
        },
      };
    },
    seen: (): Seen => ({
      iteration: iteration.value,
      criticUpdates: criticUpdates.value,
      settings: settings.value,
      sides: { left: seenSide("left"), right: seenSide("right") },
      line: lineFrame.value,
      isStaged: staged.value,
    }),
  };

  // Each time that the last ones are done, with the evaluation that has come in the meantime.
  let tried = "";
  effect(() => {
    const newest = SIDES.filter((side) => settles(settings.value[side])).flatMap(
      (side) => session.sides[side].evaluations.value.at(-1) ?? [],
    );
    const moment = `${starts} ${Math.max(...newest.map((one) => one.iteration))}`;
    const due = moment !== tried && newest.some((one) => settledEstimate.of(one) === null);
    if (!settle.value || !due || session.settling.value) return;
    tried = moment;
    studio.settleNow();
  });

  // Nothing is computed for a view that is not shown.
  effect(() => {
    if (view.value !== "plane") session.pause();
    else if (starts === 0) begin(kept?.standing);
  });
  if (kept) {
    const { iteration } = kept.standing.sides.left;
    notice.value = { kind: "resumed", iteration };
    // What this version of the page cannot go on from is dropped.
    effect(() => {
      const isRefused = session.error.value !== null && starts === 1 && session.sides.left.frame.peek() === null;
      if (isRefused) untracked(studio.restart);
    });
  }
  return studio;
}

const INTERPOLATED = 8;
