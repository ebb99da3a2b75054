import { beginOurs, withParticipants } from "../participants/join.mjs";
import { chains, flopsOfChain, nameOf } from "../products.mjs";
import { compared } from "../report.mjs";
import { takeTurns } from "../turns.mjs";

/** What products alone take, at the shapes that steps have, where nothing is done between them. Times are seconds for a chain; `flops` is its work. */
export async function measureGemm(_, { participants: { gemm }, rounds, tell }) {
  const entries = [];
  for (const chain of chains) {
    const name = nameOf(chain);
    const request = { do: "set up", chain };
    entries.push(
      await withParticipants(async (begin) => {
        const ours = await beginOurs(begin, gemm.ours, request);
        const peers = await Promise.all(gemm.peers.map((participant) => begin(participant, request)));
        await takeTurns(name, [ours, ...peers.filter(({ absent }) => absent === undefined)], { rounds, tell });
        return { ...compared(name, ours, peers), unit: "rate", flops: flopsOfChain(chain), width: chain.width };
      }),
    );
  }
  return entries;
}
