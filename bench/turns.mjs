import { setTimeout as sleep } from "node:timers/promises";

/** About how long a turn is, unless one iteration is longer. */
const TURN_SECONDS = 0.5;
/** A participant sits out what is left of a row's rounds after so many seconds. */
const ROW_SECONDS = 20;
const TURN_LIMIT_SECONDS = 120;
/** Threads that spin a while for more work of their own would take the next participant's time. */
const PAUSE_MILLISECONDS = 100;

/**
 * Lets participants run in turns, A B C A B C ..., and collects in `times` of each how many seconds an iteration took, one figure a turn.
 * One that fails becomes `absent`.
 * @param {string} title for the lines of progress
 * @param {{ process: { ask: Function, stop: Function }, times: number[], absent?: string, atOnce?: number }[]} participants that have
 *   set up or started; one that does several iterations at once is asked for multiples of them
 */
export async function takeTurns(title, participants, { rounds, tell }) {
  const spent = new Map();
  const perTurn = new Map();
  for (let round = 0; round <= rounds; round++) {
    tell(`${title}: ${round === 0 ? "warming up" : `round ${round} of ${rounds}`}`);
    for (const participant of participants) {
      if (participant.absent !== undefined || spent.get(participant) > ROW_SECONDS) continue;
      const { atOnce = 1 } = participant;
      const iterations = perTurn.get(participant) ?? atOnce;
      const { seconds, absent } = await participant.process.ask({ do: "run", iterations }, TURN_LIMIT_SECONDS);
      if (absent) {
        participant.absent = absent;
        await participant.process.stop();
        continue;
      }
      spent.set(participant, (spent.get(participant) ?? 0) + seconds);
      if (round === 0) perTurn.set(participant, atOnce * Math.max(1, Math.round(TURN_SECONDS / seconds)));
      // The first round only tells how many iterations make a turn; where these do, it is a turn.
      if (round > 0 || perTurn.get(participant) === iterations) participant.times.push(seconds / iterations);
      await sleep(PAUSE_MILLISECONDS);
    }
  }
}
