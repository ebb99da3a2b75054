import type { Box } from "../scene/pens/pen.js";
import { STATIONS, type Station, WAY_NAMES, WAYS, type Way, type WayName } from "./stations.js";

/** Where everything of a diagram lies, in pixels. */
export interface Layout {
  readonly height: number;
  readonly stations: Readonly<Record<Station, Box>>;
  /** Where there is room for the side's choices and its game; `null` where they stand above. */
  readonly head: Box | null;
  /** From end to end of each way. */
  readonly ways: Readonly<Record<WayName, Segment>>;
}

export interface Segment {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** From so many pixels on, a diagram is one row, and both sides fit below each other; below the second number it is two columns. */
export const ROW_WIDTH = 1240;
export const COLUMNS_WIDTH = 560;

/** The width that the heights of a row are made for; wider ones are higher as well. */
const ROW_USUAL = 1392;

/** How far a way lies from the middle, forward ones on one side of it and backward ones on the other. */
const SHIFT = 13;

/** A grid of stations: where lines between columns and rows lie, and which of them each station spans. */
interface Plan {
  /** Shares of the width. */
  readonly columns: readonly number[];
  /** In pixels. */
  readonly rows: readonly number[];
  readonly gap: number;
  readonly rowGap: number;
  /** First column, first row, columns and rows of each. */
  readonly places: Readonly<Record<Station, Place>> & { readonly head?: Place };
}

type Place = readonly [number, number, number, number];

const ROW: Plan = {
  columns: [135, 185, 235, 215, 245, 225],
  rows: [128, 128],
  gap: 44,
  rowGap: 14,
  places: {
    latent: [0, 0, 1, 1],
    generator: [1, 0, 1, 1],
    fake: [2, 0, 1, 1],
    real: [2, 1, 1, 1],
    opponent: [3, 0, 1, 2],
    answers: [4, 0, 1, 2],
    loss: [5, 0, 1, 2],
    head: [0, 1, 2, 1],
  },
};

const TWO_ROWS: Plan = {
  columns: [1, 1, 1, 1],
  rows: [150, 210],
  gap: 40,
  rowGap: 40,
  places: {
    latent: [0, 0, 1, 1],
    generator: [1, 0, 1, 1],
    fake: [2, 0, 1, 1],
    real: [3, 0, 1, 1],
    opponent: [2, 1, 2, 1],
    answers: [1, 1, 1, 1],
    loss: [0, 1, 1, 1],
  },
};

const TWO_COLUMNS: Plan = {
  columns: [1, 1],
  rows: [124, 150, 180, 140, 124],
  gap: 36,
  rowGap: 36,
  places: {
    latent: [0, 0, 1, 1],
    generator: [1, 0, 1, 1],
    real: [0, 1, 1, 1],
    fake: [1, 1, 1, 1],
    opponent: [0, 2, 2, 1],
    answers: [0, 3, 2, 1],
    loss: [0, 4, 2, 1],
  },
};

/** Where everything lies in a diagram of some width: what follows on something is always beside or below it. */
export function layoutOf(width: number): Layout {
  const plan = width >= ROW_WIDTH ? ROW : width >= COLUMNS_WIDTH ? TWO_ROWS : TWO_COLUMNS;
  const { gap, rowGap, places } = plan;
  const rows = plan.rows.map((row) => row * (plan === ROW ? Math.max(1, width / ROW_USUAL) : 1));
  const shares = plan.columns.reduce((sum, share) => sum + share, 0);
  const free = width - gap * (plan.columns.length - 1);
  const columns = plan.columns.map((share) => (share / shares) * free);
  const boxOf = ([column, row, across, down]: Place): Box => {
    const x = lengthOf(columns.slice(0, column)) + gap * column;
    const y = lengthOf(rows.slice(0, row)) + rowGap * row;
    return {
      x,
      y,
      width: lengthOf(columns.slice(column, column + across)) + gap * (across - 1),
      height: lengthOf(rows.slice(row, row + down)) + rowGap * (down - 1),
    };
  };
  const stations = Object.fromEntries(
    STATIONS.map((station) => [station, boxOf(places[station])]),
  ) as Layout["stations"];
  return {
    height: lengthOf(rows) + rowGap * (rows.length - 1),
    stations,
    head: places.head ? boxOf(places.head) : null,
    ways: Object.fromEntries(WAY_NAMES.map((name) => [name, segmentOf(WAYS[name], stations)])) as Layout["ways"],
  };
}

function lengthOf(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
}

/** Straight across the gap between two stations, in the middle of where they face each other. */
function segmentOf({ from, to, isBack }: Way, stations: Layout["stations"]): Segment {
  const [a, b] = [stations[from], stations[to]];
  const shift = isBack ? SHIFT : -SHIFT;
  if (a.x + a.width <= b.x || b.x + b.width <= a.x) {
    const y = middle(a.y, a.height, b.y, b.height) + shift;
    return a.x < b.x ? { from: [a.x + a.width, y], to: [b.x, y] } : { from: [a.x, y], to: [b.x + b.width, y] };
  }
  const x = middle(a.x, a.width, b.x, b.width) + shift;
  return a.y < b.y ? { from: [x, a.y + a.height], to: [x, b.y] } : { from: [x, a.y], to: [x, b.y + b.height] };
}

function middle(a: number, aLength: number, b: number, bLength: number): number {
  return (Math.max(a, b) + Math.min(a + aLength, b + bLength)) / 2;
}
