import { quantile } from "../quantile.js";
import { areaUnderRoc } from "./areaUnderRoc.js";
import type { NearestRows } from "./nearestRows.js";
import type { Privacy } from "./results.js";

/** How close rows of one table lie to real rows. */
export interface Closeness {
  /** Share of all rows that also stand among the real ones. */
  readonly copies: number;
  /** 1 of those whose closest rows were looked for that do. */
  readonly copied: Uint8Array;
  /** The closest of the real rows that the synthetic ones were made from. */
  readonly toTraining: NearestRows;
  /** What a holdout tells beside; `null` where there is none. */
  readonly holdout: {
    /** How far the closest row of training is, of as many as the holdout has, and the closest of the holdout. */
    readonly training: Float64Array;
    readonly holdout: Float64Array;
    /** How far the closest row of the table is from rows of training, and from rows of the holdout. */
    readonly members: Float64Array;
    readonly others: Float64Array;
  } | null;
}

/** Places of rows, for each of the lists of a `Closeness`: all, or a resample. */
export interface Drawn {
  readonly rows: Uint32Array;
  readonly members: Uint32Array;
  readonly others: Uint32Array;
}

/** A figure of how much a table gives away. */
export interface PrivacyMeasure {
  readonly name: Privacy["measures"][number]["name"];
  readonly title: string;
  readonly summary: string;
  /**
   * @param near how far the closest real row is from the one in twenty real rows that is closest to others
   * @returns `null` where it needs a holdout and there is none
   */
  value(closeness: Closeness, drawn: Drawn, near: number): number | null;
  /** The value where it is known of more rows than those that can be drawn. */
  whole?(closeness: Closeness): number;
  /** From 0 to 1, given what the measure is of real rows; absent where it only informs. */
  score?(value: number, real: number): number;
}

export const privacyMeasures: readonly PrivacyMeasure[] = [
  {
    name: "copies",
    title: "Exact copies",
    summary:
      "Share of rows that equal a row they were made from. Best: no more than of real rows, which may repeat each other.",
    value: ({ copied }, { rows }) => meanOver(rows, (row) => copied[row]!),
    whole: ({ copies }) => copies,
    score: excess,
  },
  {
    name: "nearCopies",
    title: "Near copies",
    summary:
      "Share of rows as close to a row they were made from as the closest 5 % of real rows are to another. Best: no more than of real rows.",
    value: ({ toTraining }, { rows }, near) => meanOver(rows, (row) => (toTraining.distance[row]! <= near ? 1 : 0)),
    score: excess,
  },
  {
    name: "closestDistance",
    title: "Distance to the closest real row",
    summary:
      "5th percentile of the share of a row that differs from the closest row it was made from. Best: no less than of real rows.",
    value: ({ toTraining }, { rows }) => percentileOf(toTraining.distance, rows),
  },
  {
    name: "closestRatio",
    title: "Closest against second closest",
    summary:
      "5th percentile of the distance to the closest real row over that to the second closest: near 0 where a row belongs to one real row. Best: no less than of real rows.",
    value: ({ toTraining: { distance, second } }, { rows }) =>
      percentileOf(
        distance.map((closest, row) => (second[row]! > 0 ? closest / second[row]! : 1)),
        rows,
      ),
  },
  {
    name: "closerToTraining",
    title: "Closer to the training rows",
    summary:
      "Share of rows that are closer to the rows they were made from than to as many of the holdout, ties counting half. Best: 0.5; above, rows are remembered.",
    value: ({ holdout }, { rows }) =>
      holdout && meanOver(rows, (row) => (1 + Math.sign(holdout.holdout[row]! - holdout.training[row]!)) / 2),
    score: (share) => Math.min(1, 2 * (1 - share)),
  },
  {
    name: "membershipAttack",
    title: "Membership attack",
    summary:
      "AUC of guessing that a real row was used because a synthetic one is close. Best: 0.5, a guess; at 1 every row that was used is told.",
    value: ({ holdout }, { members, others }) => {
      if (!holdout) return null;
      const near = [
        ...Array.from(members, (row) => -holdout.members[row]!),
        ...Array.from(others, (row) => -holdout.others[row]!),
      ];
      return areaUnderRoc(
        Float64Array.from(near),
        Uint8Array.from(near, (_, k) => (k < members.length ? 1 : 0)),
      )();
    },
    score: (auc) => 1 - Math.max(0, 2 * auc - 1),
  },
];

/** 1 less what a share is above that of real rows, in parts of the most that it could be. */
function excess(share: number, real: number): number {
  return real < 1 ? 1 - Math.max(0, share - real) / (1 - real) : 1;
}

function meanOver(rows: Uint32Array, value: (row: number) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
}

function percentileOf(values: Float64Array, rows: Uint32Array): number {
  return quantile(Float64Array.from(rows, (row) => values[row]!).sort(), 0.05);
}
