// @ts-check
import Table from "cli-table3";
import { summary } from "./statistics.mjs";

/**
 * @typedef {{ parameters?: number, losses: number, agrees: boolean }} Agreement
 * @typedef {{ median: number, min: number, turns?: number }} Figures
 * @typedef {Figures & { ratio?: number, settings?: string, version?: string, agreement?: Agreement }} PeerFigures
 * @typedef {{ absent: string } | { disagrees: string }} Missing
 * @typedef {{ row: string, unit: string, ours?: Figures, peers: Record<string, PeerFigures | Missing>, flops?: number,
 *   width?: number, peakShare?: number }} AnyEntry a row's entry in the results, in which all may be peers
 * @typedef {AnyEntry & { ours: Figures }} Entry
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
 * The entry of a row in which all are peers: their ratios are to the first one that has figures.
 * @param {string} row
 * @param {readonly Outcome[]} peers
 * @returns {AnyEntry}
 */
export function alongside(row, peers) {
  const first = peers.find(({ absent, agreement }) => absent === undefined && agreement?.agrees !== false);
  const median = first ? summary(first.times).median : Number.NaN;
  return { row, unit: "s", peers: Object.fromEntries(peers.map((peer) => [peer.name, peerEntry(peer, median)])) };
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
 * The highest rate of matrix products that anyone reached in the rows of chains, in operations a second: of the width of a row in the plane,
 * of all for other rows; `undefined` where none were measured.
 * @param {readonly AnyEntry[]} entries
 * @param {{ network: string, width: number }} [row]
 */
export function peakOf(entries, row) {
  const rates = entries.flatMap(({ flops, width, ours, peers }) =>
    flops === undefined || width === undefined || (row?.network === "mlp" && width !== row.width)
      ? []
      : [ours, ...Object.values(peers)].flatMap((one) => (one && "min" in one ? [flops / one.min] : [])),
  );
  return rates.length > 0 ? Math.max(...rates) : undefined;
}

/**
 * The entry of a training row with the share of a peak that Monge reaches in the work of matrix products and convolutions.
 * @param {Entry} entry
 * @param {number} flops of an iteration
 * @param {number} peak in operations a second
 * @returns {Entry}
 * @throws {Error} where it is above 1: the peak is none
 */
export function withPeakShare(entry, flops, peak) {
  const peakShare = flops / entry.ours.median / peak;
  if (peakShare > 1)
    throw new Error(
      `${entry.row} does ${percent(peakShare)} of what the fastest chain of products does: the chains were measured on a busy machine, or are no peak.`,
    );
  return { ...entry, flops, peakShare };
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
 * @param {readonly AnyEntry[]} entries
 * @param {readonly string[]} [peers] its columns beside ours. Default: those that have an entry
 */
export function markdownTable(entries, peers) {
  return inMarkdown(cells(entries, peers));
}

/**
 * How far the parameters and the losses of those that have a time are from what they were compared with, in Markdown.
 * @param {readonly AnyEntry[]} entries
 * @param {readonly string[]} peers its columns
 */
export function agreementTable(entries, peers) {
  const lines = entries.map(({ row, peers: found }) => [row, ...peers.map((name) => distances(found[name]))]);
  return inMarkdown([["", ...peers], ...lines]);
}

function distances(/** @type {PeerFigures | Missing | undefined} */ peer) {
  if (!peer || !("agreement" in peer) || !peer.agreement) return "";
  const { parameters, losses } = peer.agreement;
  return [...(parameters === undefined ? [] : [percent(parameters)]), String(Number(losses.toPrecision(2)))].join(", ");
}

/** A table in Markdown, of its head and its lines. */
export function inMarkdown(/** @type {readonly (readonly string[])[]} */ [head = [], ...lines]) {
  return [head, head.map(() => "---"), ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

export const LEGEND =
  "Median (minimum) of the turns, of an iteration where nothing else is said. ×: the peer's median over ours, how many times as fast Monge is.";

/**
 * Why peers have no figures, and with which settings the others ran, a line each.
 * @param {readonly AnyEntry[]} entries
 */
export function notes(entries) {
  return entries.flatMap(({ row, peers }) =>
    Object.entries(peers).flatMap(([name, peer]) => {
      const note = noteOn(peer);
      return note === undefined ? [] : [`${row}, ${name}: ${note}`];
    }),
  );
}

/**
 * The same, one line for all rows of which a peer has the same note.
 * @param {readonly AnyEntry[]} entries
 */
export function notesOfPeers(entries) {
  /** @type {Map<string, string[]>} */
  const rows = new Map();
  for (const { row, peers } of entries)
    for (const [name, peer] of Object.entries(peers)) {
      const note = noteOn(peer);
      if (note !== undefined) rows.set(`${name}: ${note}`, [...(rows.get(`${name}: ${note}`) ?? []), row]);
    }
  return [...rows].map(([note, rows]) => `${note} (${rows.join("; ")})`);
}

/** @param {PeerFigures | Missing} peer */
function noteOn(peer) {
  if ("absent" in peer) return `absent; ${peer.absent}`;
  if ("disagrees" in peer) return `no time; ${peer.disagrees}`;
  const facts = [...(peer.settings ? [peer.settings] : []), ...(peer.turns === 1 ? ["one turn"] : [])];
  return facts.length > 0 ? facts.join(", ") : undefined;
}

/**
 * @param {readonly AnyEntry[]} entries
 * @param {readonly string[]} names of the peers
 */
function cells(entries, names = [...new Set(entries.flatMap(({ peers }) => Object.keys(peers)))]) {
  const isOurs = entries.some(({ ours }) => ours !== undefined);
  const shares = entries.some(({ peakShare }) => peakShare !== undefined);
  return [
    ["", ...(isOurs ? ["Monge"] : []), ...(shares ? ["of the peak"] : []), ...names],
    ...entries.map(({ row, unit, ours, peers, peakShare, flops }) => [
      row,
      ...(isOurs ? [ours ? amounts(ours, unit, flops) : ""] : []),
      ...(shares ? [peakShare === undefined ? "" : percent(peakShare)] : []),
      ...names.map((name) => cell(peers[name], unit, flops)),
    ]),
  ];
}

/**
 * @param {PeerFigures | Missing | undefined} peer
 * @param {string} unit
 * @param {number} [flops]
 */
function cell(peer, unit, flops) {
  if (!peer) return "";
  if ("absent" in peer) return "absent";
  if ("disagrees" in peer) return "disagrees";
  const found = amounts(peer, unit, flops);
  return peer.ratio === undefined ? found : `${found} ${figure(peer.ratio)}×`;
}

/**
 * @param {Figures} figures
 * @param {string} unit
 * @param {number} [flops]
 */
function amounts({ median, min }, unit, flops = 0) {
  if (unit === "rate") return `${figure(flops / median / 1e9)} GFLOP/s (${figure(flops / min / 1e9)})`;
  if (unit === "exponent") return figure(median);
  if (unit === "s" && median < 1) return `${figure(1000 * median)} ms (${figure(1000 * min)})`;
  return median === min ? `${figure(median)} ${unit}` : `${figure(median)} ${unit} (${figure(min)})`;
}

/** Three digits. */
export function figure(/** @type {number} */ value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function percent(/** @type {number} */ share) {
  return `${Number((100 * share).toPrecision(share < 1 ? 2 : 3))} %`;
}
