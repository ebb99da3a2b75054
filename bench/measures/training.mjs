import { beginOurs, withParticipants } from "../participants/join.mjs";
import { compared } from "../report.mjs";
import { trainingRows } from "../rows.mjs";
import { takeTurns } from "../turns.mjs";
import { agreement } from "./agreement.mjs";
import { refusal } from "./trial.mjs";

/** One training step: ours and every peer that is there and agrees, in turns. Times are seconds for an iteration. */
export function measureTraining(name, { participants, rounds, tell }) {
  const row = trainingRows[name];
  const request = { do: "set up", row };
  return withParticipants(async (begin) => {
    tell(`${name}: setting up Monge`);
    const ours = await beginOurs(begin, participants.ours, request);
    const peers = [];
    for (const participant of participants.peers) {
      tell(`${name}: setting up ${participant.name}`);
      const refused = await refusal(participants, participant, row);
      const peer = refused ? { name: participant.name, times: [], ...refused } : await begin(participant, request);
      peers.push(peer);
      if (refused || peer.absent) continue;
      peer.agreement = agreement(ours, peer);
      if (!peer.agreement.agrees) await peer.process.stop();
    }
    await takeTurns(name, [ours, ...peers.filter(({ agreement }) => agreement?.agrees)], { rounds, tell });
    return [compared(name, ours, peers)];
  });
}
