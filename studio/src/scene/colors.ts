/** The colours of a picture on light or on dark paper, all `#rrggbb`. */
export interface Colors {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly real: string;
  readonly fake: string;
  /** Where the slope exceeds 1. */
  readonly excess: string;
  /** From where the critic sees fakes, over where it cannot tell, to where it sees real samples: the hues of both, paler. */
  readonly surface: readonly string[];
}

export type Theme = "light" | "dark";

/** Slate and gold, as in the reports, which all colour-blind readers can tell, and which differ in lightness too. */
export const COLORS: Readonly<Record<Theme, Colors>> = {
  light: {
    paper: "#ffffff",
    ink: "#1b1f24",
    muted: "#59616b",
    rule: "#c9ced6",
    real: "#2b3f57",
    fake: "#a06800",
    excess: "#c2185b",
    surface: ["#e8b93f", "#f2da92", "#f8f6f1", "#bccbdd", "#7d9bc0"],
  },
  dark: {
    paper: "#14171c",
    ink: "#e4e7eb",
    muted: "#9aa4b0",
    rule: "#3d444f",
    real: "#cddbec",
    fake: "#ffc44d",
    excess: "#ff6fa5",
    surface: ["#6b4e08", "#443411", "#1c1f24", "#263a52", "#3b5f8a"],
  },
};

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
