import { LESSONS } from "../lessons/lessons.js";
import { FIRST_LINE, LARGEST_MEAN, type LineSettings } from "../line/protocol.js";
import { SCENE_LAYERS, type SceneLayer } from "../scene/layers.js";
import { DEVICES, type DeviceChoice, type OwnPoints } from "../session/protocol.js";
import { DEFAULTS, defaultsFor, networksFor } from "./defaults.js";
import { furtherNames, furtherValue } from "./furtherSettings.js";
import { sideByName, sideName } from "./pairing.js";
import { pointsFromText, pointsToText } from "./pointsText.js";
import { isInRange, NUMBER_NAMES } from "./ranges.js";
import { dataNames, hasOwnPoints, type Settings, type SettingValue, SIDES } from "./settings.js";

export const VIEWS = ["plane", "line", "table", "runs"] as const;
export type View = (typeof VIEWS)[number];

/** What presenter mode shows large: one side's picture, or both. */
export const PRESENTED = ["left", "right", "both"] as const;
export type Presented = (typeof PRESENTED)[number];

/** All that the page's address holds. */
export interface Linked {
  readonly settings: Settings;
  /** Iterations a second at most; `null`: as many as the machine gives. */
  readonly speed: number | null;
  readonly line: LineSettings;
  readonly layers: readonly SceneLayer[];
  readonly view: View;
  /** Which of the runs that `monge studio` was started with is shown, from 0. */
  readonly run: number;
  /** Which lesson is under way, from 0: it sets all that it needs, whatever else the address says. */
  readonly lesson: number | null;
  /** What presenter mode shows; `null` where it is off. */
  readonly present: Presented | null;
  readonly device: DeviceChoice;
  /** Whether critics settle again and again while the runs go on. */
  readonly settle: boolean;
  /** Whether both games are shown as diagrams instead of their pictures and charts. */
  readonly diagram: boolean;
  /** Points of the reader's own, where they are few. */
  readonly own: OwnPoints | null;
}

/** Something in an address that could not be used: the default stands in its place. */
export interface LinkNote {
  /**
   * "missingPoints": the data are the reader's own points, which the address does not hold; "unusedPoints": it holds points, and the data
   * are others.
   */
  readonly kind: "unknown" | "bad" | "missingPoints" | "unusedPoints";
  readonly name: string;
  readonly value: string;
}

export const DEFAULT_LAYERS: readonly SceneLayer[] = ["surface", "real", "fakes"];

/** More points than this make an address that is too long to pass on. */
export const MOST_LINKED_POINTS = 100;

/** The largest speed that an address may name. */
const FASTEST = 1000;

/** Parameters of an address that stay in it as they are: the page's language, and whether it is a frame of another page. */
export const KEPT: readonly string[] = ["lang", "embed"];

/** Parameters of an address that are not the settings': those that are kept, and the token of `monge studio --token`. */
export const FOREIGN: readonly string[] = [...KEPT, "token"];

/** Parameters of an address that say what is shown of the runs, and not what they are. */
const SHOWN: readonly string[] = [
  "view",
  "run",
  "lesson",
  "present",
  "speed",
  "line",
  "device",
  "settle",
  "diagram",
  "layers",
];

/** What of an address its runs are of: two with the same can go on with each other's. */
export function runPart(query: string): string {
  const parameters = new URLSearchParams(query);
  for (const name of [...SHOWN, ...FOREIGN]) parameters.delete(name);
  parameters.sort();
  return parameters.toString();
}

/** Whether points are few enough to be held in an address. */
export function isLinkable({ points }: OwnPoints): boolean {
  return points.length <= 2 * MOST_LINKED_POINTS;
}

/**
 * The query of an address, without what is as it is anyway: "?left=bce-ns&seed=3", or "" for the page as it begins.
 * @param usualView the one that need not be named; `null` where the page may begin with another
 */
export function toUrl(
  { settings, speed, line, layers, view, run, lesson, present, device, settle, diagram, own }: Linked,
  usualView: View | null = "plane",
): string {
  const parameters = new URLSearchParams();
  if (lesson !== null) parameters.set("lesson", String(lesson + 1));
  if (present !== null) parameters.set("present", present);
  if (lesson !== null) return `?${parameters}`;
  const defaults = defaultsFor(settings.data, settings.network);
  const put = (name: string, value: string, usual: string | null) => {
    if (value !== usual) parameters.set(name, value);
  };
  // A run that is named shows the runs, unless the address says otherwise.
  put("view", view, run > 0 ? "runs" : usualView);
  put("run", String(run + 1), "1");
  put("data", settings.data, DEFAULTS.data);
  for (const side of SIDES) put(side, sideName(settings[side]), sideName(defaults[side]));
  put("network", settings.network, "mlp");
  for (const name of NUMBER_NAMES) put(name, String(settings[name]), String(defaults[name]));
  for (const [name, value] of Object.entries(settings.more)) parameters.set(name, String(value));
  if (speed !== null) parameters.set("speed", String(speed));
  put("line", lineText(line), lineText(FIRST_LINE));
  put("device", device, "auto");
  put("settle", settle ? "on" : "off", "off");
  put("diagram", diagram ? "on" : "off", "off");
  put("layers", layers.join("."), DEFAULT_LAYERS.join("."));
  if (own && hasOwnPoints(settings.data) && isLinkable(own)) parameters.set("points", pointsToText(own.points));
  const query = parameters.toString();
  return query === "" ? "" : `?${query}`;
}

/** What an address holds; what it does not name is as the page begins, and what cannot be used is noted and left out. */
export function fromUrl(query: string): { readonly linked: Linked; readonly notes: readonly LinkNote[] } {
  const notes: LinkNote[] = [];
  const parameters = new Map(new URLSearchParams(query));
  for (const name of FOREIGN) parameters.delete(name);
  function take<T>(name: string, usual: T, read: (value: string) => T | null): T {
    const value = parameters.get(name);
    parameters.delete(name);
    if (value === undefined) return usual;
    const found = read(value);
    if (found === null) notes.push({ kind: "bad", name, value });
    return found ?? usual;
  }

  const run = take<number | null>("run", null, readCount(Number.MAX_SAFE_INTEGER));
  const usualView = run === null ? "plane" : "runs";
  const lesson = take<number | null>("lesson", null, readCount(LESSONS.length));
  const present = take<Presented | null>("present", null, (value) =>
    value === "" ? "left" : (PRESENTED.find((one) => one === value) ?? null),
  );
  const view = take<View>("view", usualView, (value) => VIEWS.find((one) => one === value) ?? null);
  const named = take<string>("data", DEFAULTS.data, (value) => dataNames().find((one) => one === value) ?? null);
  const points = take<Float64Array | null>("points", null, pointsFromText);
  if (points && !hasOwnPoints(named)) notes.push({ kind: "unusedPoints", name: "points", value: named });
  const missing = hasOwnPoints(named) && points === null;
  if (missing) notes.push({ kind: "missingPoints", name: "data", value: named });
  const data = missing ? DEFAULTS.data : named;
  const network = take<string>("network", "mlp", (value) =>
    networksFor(data).some(({ name }) => name === value) ? value : null,
  );
  const defaults = defaultsFor(data, network);
  const sides = Object.fromEntries(SIDES.map((side) => [side, take(side, defaults[side], sideByName)]));
  const numbers = NUMBER_NAMES.map((name) => {
    const read = (value: string) => (value.trim() !== "" && isInRange(name, Number(value)) ? Number(value) : null);
    return [name, take(name, defaults[name], read)];
  });
  const more = furtherNames().flatMap((name) => {
    const value = take<SettingValue | null>(name, null, (text) => furtherValue(name, text));
    return value === null ? [] : [[name, value] as const];
  });
  const speed = take("speed", 0, readCount(FASTEST)) || null;
  const line = take("line", FIRST_LINE, readLine);
  const device = take("device", "auto", (value) => DEVICES.find((one) => one === value) ?? null);
  const settle = take("settle", false, readSwitch);
  const diagram = take("diagram", false, readSwitch);
  const layers = take("layers", DEFAULT_LAYERS, readLayers);
  for (const [name, value] of parameters) notes.push({ kind: "unknown", name, value });

  const settings: Settings = { ...defaults, ...sides, ...Object.fromEntries(numbers), more: Object.fromEntries(more) };
  const own = points && hasOwnPoints(data) ? { name: data, points } : null;
  return {
    linked: {
      settings,
      speed,
      line,
      layers,
      view,
      run: (run ?? 1) - 1,
      lesson: lesson === null ? null : lesson - 1,
      present,
      device,
      settle,
      diagram,
      own,
    },
    notes,
  };
}

function readSwitch(value: string): boolean | null {
  return value === "on" ? true : value === "off" ? false : null;
}

function readLayers(value: string): readonly SceneLayer[] | null {
  const names = value.split(".").filter((name) => name !== "");
  const known = SCENE_LAYERS.filter((layer) => names.includes(layer));
  return known.length === names.length ? known : null;
}

/** A whole number from 1 to a largest one. */
const readCount =
  (most: number) =>
  (value: string): number | null => {
    const count = Number(value);
    return Number.isInteger(count) && count >= 1 && count <= most ? count : null;
  };

/** "0.6_-0.6_0": the means of reals and of fakes, and the seed. */
function lineText({ means: { real, fake }, seed }: LineSettings): string {
  return [real, fake, seed].join("_");
}

function readLine(value: string): LineSettings | null {
  const parts = value.split("_").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [real, fake, seed] = parts as [number, number, number];
  const fits = Math.abs(real) <= LARGEST_MEAN && Math.abs(fake) <= LARGEST_MEAN && isInRange("seed", seed);
  return parts.length === 3 && fits ? { means: { real, fake }, seed } : null;
}
