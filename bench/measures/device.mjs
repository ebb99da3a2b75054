// @ts-check
import { beginOurs, withParticipants } from "../participants/join.mjs";
import { participantsOnDevices, precisions } from "../participants/onDevice.mjs";
import { participantsWith } from "../participants/participants.mjs";
import { alongside } from "../report.mjs";
import { takeTurns } from "../turns.mjs";
import { agreement } from "./agreement.mjs";

/**
 * How far results of fewer bits may be from those of Monge on the CPU in float32. They turn more of Adam's updates around, so that parameters
 * say little: a mistake is off by 86 % and more.
 */
const COARSE = { parameters: 0.8, losses: 2 ** -6 };
/** Seconds without which nobody begins. */
const LEAST_SECONDS = 5;

/**
 * One training step in each precision: Monge on devices and PyTorch on CUDA, all that are there and agree with Monge on the CPU, in turns.
 * @param {string} name
 * @param {object} row
 * @param {{ machine: import("../participants/onDevice.mjs").Machine, rounds: number, tell: (line: string) => void,
 *   seconds: number }} context who has not begun after so many seconds is absent
 * @returns {Promise<import("../report.mjs").AnyEntry[]>} an entry for each precision that anybody computes in
 */
export function measureOnDevices(name, row, { machine, rounds, tell, seconds }) {
  const endsAt = performance.now() + 1000 * seconds;
  const request = { do: "set up", row };
  return withParticipants(async (begin) => {
    tell(`${name}: setting up Monge on the CPU`);
    const reference = await beginOurs(begin, participantsWith().ours, request);
    await reference.process.stop();
    const entries = [];
    for (const precision of precisions) {
      const participants = participantsOnDevices(precision, machine);
      if (participants.length === 0) continue;
      const title = precision === "float32" ? name : `${name}, ${precision}`;
      tell(`${title}: setting up ${participants.map(({ name }) => name).join(", ")}`);
      const limit = (endsAt - performance.now()) / 1000;
      // At the same time: compilers take most of it, and the times that count are measured later, in turns.
      const found = await Promise.all(
        participants.map((participant) =>
          limit < LEAST_SECONDS ? late(participant.name) : begin(participant, request, { limit }),
        ),
      );
      for (const one of found) {
        if (one.absent !== undefined) continue;
        one.agreement = agreement(reference, one, precision === "float32" ? undefined : COARSE);
        if (!one.agreement.agrees) await one.process.stop();
      }
      const agreeing = found.filter(({ agreement }) => agreement?.agrees);
      if (agreeing.length > 0) await takeTurns(title, agreeing, { rounds, tell });
      await Promise.all(found.map((one) => one.process?.stop()));
      entries.push(alongside(title, found));
    }
    return entries;
  });
}

function late(/** @type {string} */ name) {
  return { name, times: [], absent: "the time for this row was up" };
}
