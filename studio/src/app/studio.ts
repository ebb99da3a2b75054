import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createSharedTime, type SharedTime } from "../charts/index.js";
import { lineFrame } from "../line/shown.js";
import { frameLayers, SCENE_LAYERS, type SceneLayer } from "../scene/index.js";
import { createSession, type Session } from "../session/client.js";
import type { DeviceChoice, OwnPoints, Scene } from "../session/protocol.js";
import { changedNames, isLive, liveOf, withChange } from "../settings/change.js";
import { type Settings, SIDES, type Side } from "../settings/settings.js";
import { fromUrl, hasOwnPoints, type LinkNote, toUrl, type View } from "../settings/url.js";
import type { Mode, Seen, Stage } from "../tour/index.js";

/** Something that the reader is told once, until the next such thing. */
export type Notice =
  | { readonly kind: "restarted" | "changed"; readonly names: readonly (keyof Settings | "device")[] }
  | { readonly kind: "link"; readonly notes: readonly LinkNote[] }
  /** In words already. */
  | { readonly kind: "said"; readonly sentence: string };

/** Images between two latents, one row of each side. */
export type Interpolation = Readonly<Record<Side, Float32Array>>;

/** The state of the page and all that can be done to it. */
export interface Studio extends Stage {
  readonly session: Session;
  readonly settings: ReadonlySignal<Settings>;
  readonly layers: ReadonlySignal<readonly SceneLayer[]>;
  readonly view: Signal<View>;
  /** Iterations a second at most; `null`: as many as the machine gives. */
  readonly speed: ReadonlySignal<number | null>;
  readonly device: ReadonlySignal<DeviceChoice>;
  readonly own: ReadonlySignal<OwnPoints | null>;
  readonly notice: Signal<Notice | null>;
  /** What is learned; the last one while the next is prepared. */
  readonly scene: ReadonlySignal<Scene | null>;
  readonly interpolation: ReadonlySignal<Interpolation | null>;
  readonly time: SharedTime;
  /** The query of the address that restores the page. */
  readonly query: ReadonlySignal<string>;
  toggleLayer(layer: SceneLayer): void;
  togglePlay(): void;
  step(what: "generator" | "critic"): void;
  setDevice(device: DeviceChoice): void;
  /** Learns points of the reader's own. */
  learn(data: "drawn" | "file", own: OwnPoints): void;
  interpolate(): void;
}

/** @param query of the page's address */
export function createStudio(query: string): Studio {
  const { linked, notes } = fromUrl(query);
  const session = createSession();
  const settings = signal(linked.settings);
  const layers = signal(linked.layers);
  const view = signal(linked.view);
  const device = signal(linked.device);
  const own = signal(linked.own);
  const speed = signal<number | null>(null);
  const notice = signal<Notice | null>(notes.length > 0 ? { kind: "link", notes } : null);
  const scene = signal<Scene | null>(null);
  const interpolation = signal<Interpolation | null>(null);
  const time = createSharedTime();
  let begun = false;
  let interpolations = 0;

  effect(() => {
    scene.value = session.scene.value ?? scene.peek();
  });
  const iteration = computed(() => Math.max(...SIDES.map((side) => session.sides[side].frame.value?.iteration ?? 0)));

  function begin(): void {
    begun = true;
    batch(() => {
      time.range.value = null;
      interpolation.value = null;
      const points = hasOwnPoints(settings.value.data) ? own.value : null;
      session.start(settings.value, { own: points, device: device.value });
      session.setLayers(frameLayers(layers.value));
    });
  }

  /** Begins the runs anew for a reason, and goes on with them where they were going. */
  function beginAnew(names: readonly (keyof Settings | "device")[]): void {
    const { playing } = session;
    const goesOn = playing.value;
    begin();
    if (goesOn) session.play();
    notice.value = { kind: "restarted", names };
  }

  function apply(change: Partial<Settings>): void {
    const before = settings.value;
    const after = withChange(before, change);
    const names = changedNames(before, after);
    if (names.length === 0) return;
    batch(() => {
      settings.value = after;
      if (!names.every(isLive)) return beginAnew(names);
      session.change(liveOf(after));
      if (iteration.value > 0) notice.value = { kind: "changed", names };
    });
  }

  const studio: Studio = {
    session,
    settings,
    layers,
    view,
    speed,
    device,
    own,
    notice,
    scene,
    interpolation,
    time,
    query: computed(() =>
      toUrl({
        settings: settings.value,
        layers: layers.value,
        view: view.value,
        device: device.value,
        own: own.value,
      }),
    ),
    show(mode: Mode) {
      view.value = mode;
    },
    apply,
    restart: begin,
    setLayers(wanted) {
      layers.value = SCENE_LAYERS.filter((layer) => wanted.includes(layer));
      session.setLayers(frameLayers(layers.value));
    },
    toggleLayer(layer) {
      const shown = layers.value;
      studio.setLayers(shown.includes(layer) ? shown.filter((one) => one !== layer) : [...shown, layer]);
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
      device.value = wanted;
      beginAnew(["device"]);
    },
    learn(data, points) {
      batch(() => {
        own.value = points;
        settings.value = withChange(settings.value, { data });
        beginAnew(["data"]);
      });
    },
    interpolate() {
      const shown = scene.value;
      const asked = session.interpolate(interpolations++, INTERPOLATED);
      asked.then(
        (images) => {
          if (scene.value === shown) interpolation.value = images;
        },
        // The worker was ended, or could not: then there is nothing to show.
        () => {},
      );
    },
    seen: (): Seen => ({
      iteration: iteration.value,
      criticUpdates: Math.max(...SIDES.map((side) => session.sides[side].frame.value?.criticUpdates ?? 0)),
      layers: layers.value,
      settings: settings.value,
      latest: {
        left: session.sides.left.evaluations.value.at(-1) ?? null,
        right: session.sides.right.evaluations.value.at(-1) ?? null,
      },
      line: lineFrame.value,
    }),
  };

  // Nothing is computed for a view that is not shown.
  effect(() => {
    if (view.value !== "plane") session.pause();
    else if (!begun) begin();
  });
  return studio;
}

const INTERPOLATED = 8;
