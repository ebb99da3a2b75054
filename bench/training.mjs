import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { agreement } from "./agreement.mjs";
import { oursCommand } from "./participants/peers.mjs";
import { startParticipant } from "./participants/process.mjs";
import { compared } from "./report.mjs";

/** About how long a turn is, unless one iteration is longer. */
const TURN_SECONDS = 0.5;
/** A participant sits out what is left of a row's rounds after so many seconds. */
const ROW_SECONDS = 40;
const SET_UP_SECONDS = 240;
/** Threads that spin a while for more work of their own would take the next participant's time. */
const PAUSE_MILLISECONDS = 100;

/**
 * Measures one training step: ours and every peer that is there and agrees, in turns.
 * @returns the row's entry in the results; times are seconds for an iteration
 */
export async function measureTraining(name, row, peers, { rounds, tell }) {
  const folder = mkdtempSync(join(tmpdir(), "monge-bench-"));
  const problem = join(folder, "problem.safetensors");
  const started = [];
  try {
    const setUp = async (label, command) => {
      tell(`${name}: ${label} sets up`);
      const process = startParticipant(command);
      started.push(process);
      const results = join(folder, `${label}.safetensors`);
      const answer = await process.ask({ do: "set up", row, problem, results }, SET_UP_SECONDS);
      return { label, process, results, ...answer, times: [], spent: 0 };
    };
    const ours = await setUp("ours", oursCommand);
    if (ours.absent) throw new Error(`Monge itself cannot do ${name}: ${ours.absent}`);
    const outcomes = {};
    const taking = [ours];
    for (const { name: label, command, missing } of peers) {
      const reason = missing();
      const peer = reason ? { label, absent: reason } : await setUp(label, command);
      outcomes[label] = peer;
      if (peer.absent) continue;
      peer.agreement = agreement(problem, ours, peer);
      if (peer.agreement.agrees) taking.push(peer);
      else peer.process.stop();
    }
    for (let round = 0; round <= rounds; round++) {
      tell(`${name}: ${round === 0 ? "warming up" : `round ${round} of ${rounds}`}`);
      for (const participant of taking) await turn(participant, round === 0);
    }
    return compared(name, ours, outcomes);
  } finally {
    await Promise.all(started.map((process) => process.stop()));
    rmSync(folder, { recursive: true });
  }
}

/** One turn; the first, of one iteration, only tells how many make a turn. */
async function turn(participant, first) {
  if (participant.absent || participant.spent > ROW_SECONDS) return;
  const iterations = participant.perTurn ?? 1;
  const { seconds, absent } = await participant.process.ask({ do: "run", iterations }, SET_UP_SECONDS);
  if (absent) {
    participant.absent = absent;
    return;
  }
  participant.spent += seconds;
  if (first) participant.perTurn = Math.max(1, Math.round(TURN_SECONDS / seconds));
  // An iteration that is as long as a turn is one.
  if (!first || participant.perTurn === 1) participant.times.push(seconds / iterations);
  await sleep(PAUSE_MILLISECONDS);
}
