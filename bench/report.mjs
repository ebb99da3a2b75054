// @ts-check
import Table from "cli-table3";
import { summary } from "./statistics.mjs";

/**
 * @typedef {{ median: number, min: number, turns?: number }} Figures
 * @typedef {Figures & { ratio: number, settings?: string, version?: string, agreement?: Agreement }} PeerFigures
 * @typedef {{ parameters: number, losses: number, agrees: boolean }} Agreement
 * @typedef {{ absent: string } | { disagrees: string }} Missing
 * @typedef {{ row: string, unit: string, ours: Figures, peers: Record<string, PeerFigures | Missing> }} Entry
 * @typedef {{ times: number[], absent?: string, agreement?: Agreement, settings?: string, version?: string }} Outcome
 */

/**
 * The entry of a row in the results. A peer without figures says why.
 * @param {string} row
 * @param {Outcome} ours
 * @param {Record<string, Outcome>} outcomes of the peers, by name
 * @returns {Entry}
 */
export function compared(row, ours, outcomes, unit = "s") {
  const figures = { ...summary(ours.times), turns: ours.times.length };
  const peers = Object.entries(outcomes).map(([name, outcome]) => [name, peerEntry(outcome, figures.median)]);
  return { row, unit, ours: figures, peers: Object.fromEntries(peers) };
}

/**
 * @param {Outcome} outcome
 * @param {number} ourMedian
 * @returns {PeerFigures | Missing}
 */
function peerEntry({ times, absent, agreement, settings, version }, ourMedian) {
  if (absent !== undefined) return { absent };
  if (agreement?.agrees === false) {
    return {
      disagrees: `its parameters differ by ${percent(agreement.parameters)} of their way, its losses by ${agreement.losses.toPrecision(2)}`,
    };
  }
  const figures = summary(times);
  return {
    ...figures,
    ratio: figures.median / ourMedian,
    turns: times.length,
    ...(settings && { settings }),
    ...(version && { version }),
    ...(agreement && { agreement }),
  };
}

/**
 * The table as a terminal shows it.
 * @param {readonly Entry[]} entries
 */
export function terminalTable(entries) {
  const [head, ...lines] = cells(entries);
  const table = new Table({ head: head ?? [], style: { head: [], border: [], compact: true } });
  table.push(...lines);
  return table.toString();
}

/**
 * The table in Markdown.
 * @param {readonly Entry[]} entries
 */
export function markdownTable(entries) {
  const [head, ...lines] = cells(entries);
  return [head ?? [], (head ?? []).map(() => "---"), ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

export const LEGEND =
  "Times of an iteration: median (minimum) of the turns. ×: the peer's median over ours, how many times as fast Monge is.";

/**
 * Why peers have no figures, and with which settings the others ran, a line each.
 * @param {readonly Entry[]} entries
 */
export function notes(entries) {
  return entries.flatMap(({ row, peers }) =>
    Object.entries(peers).flatMap(([name, peer]) => {
      if ("absent" in peer) return [`${row}, ${name}: absent, ${peer.absent}`];
      if ("disagrees" in peer) return [`${row}, ${name}: no time, because ${peer.disagrees}`];
      return peer.settings ? [`${row}, ${name}: ${peer.settings}`] : [];
    }),
  );
}

/** @param {readonly Entry[]} entries */
function cells(entries) {
  const names = [...new Set(entries.flatMap(({ peers }) => Object.keys(peers)))];
  return [
    ["", "Monge", ...names],
    ...entries.map(({ row, unit, ours, peers }) => [
      row,
      amounts(ours, unit),
      ...names.map((name) => {
        const peer = peers[name];
        if (!peer) return "";
        if ("absent" in peer) return "absent";
        if ("disagrees" in peer) return "disagrees";
        return `${amounts(peer, unit)} ${figure(peer.ratio)}×`;
      }),
    ]),
  ];
}

function amounts(/** @type {Figures} */ { median, min }, /** @type {string} */ unit) {
  if (unit === "s" && median < 1) return `${figure(1000 * median)} ms (${figure(1000 * min)})`;
  return `${figure(median)} ${unit} (${figure(min)})`;
}

/** Three digits. */
function figure(/** @type {number} */ value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function percent(/** @type {number} */ share) {
  return `${(100 * share).toPrecision(2)} %`;
}
