import type { Mark } from "../../../src/catalogue.js";

/** The colours of a picture on light or on dark paper, all `#rrggbb`. */
export interface Colors {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly real: string;
  readonly fake: string;
  readonly fakeMark: Mark;
  /** Where the slope exceeds 1. */
  readonly excess: string;
  /** From where the opponent sees fakes, to where it sees real samples. */
  readonly surface: readonly string[];
}

export type Theme = "light" | "dark";

/** How a side is told from the other. */
export interface Look {
  /** `#rrggbb` */
  readonly color: string;
  readonly mark: Mark;
}

/** What is the same in every picture of a theme. */
type Page = Pick<Colors, "paper" | "ink" | "muted" | "rule" | "real" | "excess">;

const PAGES: Readonly<Record<Theme, Page>> = {
  light: {
    paper: "#ffffff",
    ink: "#1b1f24",
    muted: "#59616b",
    rule: "#c9ced6",
    real: "#1b1f24",
    excess: "#c2185b",
  },
  dark: {
    paper: "#14171c",
    ink: "#e4e7eb",
    muted: "#9aa4b0",
    rule: "#3d444f",
    real: "#f2f4f7",
    excess: "#ff6fa5",
  },
};

/** How much of a side's colour mixes into the paper where its opponent sees fakes: half of what a screen can show, so that samples stand out. */
const TINT = 0.42;

/** The colours where fakes are of no side: these are gold. */
export const COLORS: Readonly<Record<Theme, Colors>> = {
  light: colored(PAGES.light, { color: "#a06800", mark: "circle" }),
  dark: colored(PAGES.dark, { color: "#ffc44d", mark: "circle" }),
};

/** How far a side's colour moves towards the ink for its fakes, so that they stand out on its surface. */
const DEPTH = 0.22;

/** The colours of a side's picture: its fakes have the side's mark, and its colour moved towards the ink. */
export function colorsOf(theme: Theme, look: Look): Colors {
  const page = PAGES[theme];
  return { ...colored(page, look), fake: mixed(look.color, page.ink, DEPTH) };
}

/**
 * The surface is one hue, that of the fakes, which fades to paper where the opponent sees real samples: it can be read in grey as well, the
 * fainter the more real.
 */
function colored(page: Page, { color, mark }: Look): Colors {
  return { ...page, fake: color, fakeMark: mark, surface: [mixed(page.paper, color, TINT), page.paper] };
}

/** From one colour a share of the way to another. */
function mixed(from: string, to: string, share: number): string {
  const [a, b] = [bytesOf(from), bytesOf(to)];
  const bytes = a.map((byte, channel) => Math.round(byte + (b[channel]! - byte) * share));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

const STEPS = 256;

/** Stops spread evenly from 0 to 1, as a table of `STEPS` colours of three bytes. */
export function colorTable(stops: readonly string[]): Uint8Array {
  const bytes = stops.map(bytesOf);
  const table = new Uint8Array(3 * STEPS);
  for (let step = 0; step < STEPS; step++) {
    const along = (step / (STEPS - 1)) * (stops.length - 1);
    const stop = Math.min(stops.length - 2, Math.floor(along));
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [bytes[stop]![channel]!, bytes[stop + 1]![channel]!];
      table[3 * step + channel] = Math.round(from + (to - from) * (along - stop));
    }
  }
  return table;
}

/** Where in a table the colour of a share from 0 to 1 begins. */
export function colorIndex(share: number): number {
  return 3 * Math.round(share * (STEPS - 1));
}

/** The red, green and blue of `#rrggbb`. */
export function bytesOf(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
