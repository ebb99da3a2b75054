import { beginOurs, withParticipants } from "../participants/join.mjs";
import { agreement } from "./agreement.mjs";

/** The narrowest version of a row in which everything occurs that occurs in the row. */
const narrow = (row) => ({ ...row, width: 8, batch: 8 });

/**
 * Tries a peer that would take minutes for a row of images on a narrow version of it. Where it can do that, with the same results as
 * Monge, nothing is returned; else why it has no part in the row.
 * @returns {Promise<{ absent: string } | { agreement: object } | undefined>}
 */
export async function refusal(participants, participant, row) {
  if (!participant.slow || row.network !== "dcgan") return undefined;
  const request = { do: "set up", row: narrow(row) };
  return withParticipants(async (begin) => {
    const ours = await beginOurs(begin, participants.ours, request);
    const peer = await begin(participant, request);
    if (peer.absent) return { absent: peer.absent };
    const found = agreement(ours, peer);
    return found.agrees ? undefined : { agreement: found };
  });
}
