// @ts-check
import Table from "cli-table3";
import { summary } from "./statistics.mjs";

/**
 * @typedef {{ parameters?: number, losses: number, agrees: boolean }} Agreement
 * @typedef {{ median: number, min: number, turns?: number }} Figures
 * @typedef {Figures & { ratio?: number, settings?: string, version?: string, agreement?: Agreement }} PeerFigures
 * @typedef {{ absent: string } | { disagrees: string }} Missing
 * @typedef {{ row: string, unit: string, ours: Figures, peers: Record<string, PeerFigures | Missing>, flops?: number,
 *   gemmShare?: number }} Entry a row's entry in the results
 * @typedef {{ name: string, times: number[], absent?: string | undefined, agreement?: Agreement, settings?: string,
 *   version?: string }} Outcome what came of a participant; times in seconds
 */

/**
 * The entry of a row. A peer without figures says why.
 * @param {string} row
 * @param {Pick<Outcome, "times">} ours
 * @param {readonly Outcome[]} peers
 * @returns {Entry}
 */
export function compared(row, ours, peers) {
  const figures = { ...summary(ours.times), turns: ours.times.length };
  const entries = peers.map((peer) => /** @type {const} */ ([peer.name, peerEntry(peer, figures.median)]));
  return { row, unit: "s", ours: figures, peers: Object.fromEntries(entries) };
}

/**
 * @param {Outcome} outcome
 * @param {number} ourMedian
 * @returns {PeerFigures | Missing}
 */
function peerEntry({ times, absent, agreement, settings, version }, ourMedian) {
  if (absent !== undefined) return { absent };
  if (agreement?.agrees === false) return { disagrees: disagreement(agreement) };
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

function disagreement(/** @type {Agreement} */ { parameters, losses }) {
  const apart = `its losses differ from ours by ${losses.toPrecision(2)}`;
  return parameters === undefined
    ? apart
    : `${apart}, its parameters by ${percent(parameters)} of the way that ours went`;
}

/**
 * The entry of a training row with the share that Monge reaches of the machine's peak, the best time of anyone in the row "gemm", in the work of
 * matrix products and convolutions.
 * @param {Entry} entry
 * @param {number} flops of an iteration
 * @param {Entry} gemm the entry of the row "gemm"
 * @returns {Entry}
 */
export function withGemmShare(entry, flops, gemm) {
  const times = [gemm.ours, ...Object.values(gemm.peers)].flatMap((one) => ("min" in one ? [one.min] : []));
  const peak = (gemm.flops ?? 0) / Math.min(...times);
  return { ...entry, flops, gemmShare: flops / entry.ours.median / peak };
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
  "Median (minimum) of the turns, of an iteration where nothing else is said. ×: the peer's median over ours, how many times as fast Monge is.";

/**
 * Why peers have no figures, and with which settings the others ran, a line each.
 * @param {readonly Entry[]} entries
 */
export function notes(entries) {
  return entries.flatMap(({ row, peers }) =>
    Object.entries(peers).flatMap(([name, peer]) => {
      if ("absent" in peer) return [`${row}, ${name}: absent; ${peer.absent}`];
      if ("disagrees" in peer) return [`${row}, ${name}: no time; ${peer.disagrees}`];
      const turns = peer.turns === 1 ? ["one turn"] : [];
      const facts = [...(peer.settings ? [peer.settings] : []), ...turns];
      return facts.length > 0 ? [`${row}, ${name}: ${facts.join(", ")}`] : [];
    }),
  );
}

/** @param {readonly Entry[]} entries */
function cells(entries) {
  const names = [...new Set(entries.flatMap(({ peers }) => Object.keys(peers)))];
  const shares = entries.some(({ gemmShare }) => gemmShare !== undefined);
  return [
    ["", "Monge", ...(shares ? ["of the GEMM peak"] : []), ...names],
    ...entries.map(({ row, unit, ours, peers, gemmShare }) => [
      row,
      amounts(ours, unit),
      ...(shares ? [gemmShare === undefined ? "" : percent(gemmShare)] : []),
      ...names.map((name) => cell(peers[name], unit)),
    ]),
  ];
}

function cell(/** @type {PeerFigures | Missing | undefined} */ peer, /** @type {string} */ unit) {
  if (!peer) return "";
  if ("absent" in peer) return "absent";
  if ("disagrees" in peer) return "disagrees";
  return peer.ratio === undefined ? amounts(peer, unit) : `${amounts(peer, unit)} ${figure(peer.ratio)}×`;
}

function amounts(/** @type {Figures} */ { median, min }, /** @type {string} */ unit) {
  if (unit === "exponent") return figure(median);
  if (unit === "s" && median < 1) return `${figure(1000 * median)} ms (${figure(1000 * min)})`;
  return median === min ? `${figure(median)} ${unit}` : `${figure(median)} ${unit} (${figure(min)})`;
}

/** Three digits. */
function figure(/** @type {number} */ value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function percent(/** @type {number} */ share) {
  return `${Number((100 * share).toPrecision(share < 1 ? 2 : 3))} %`;
}
