import { beginOurs, withParticipants } from "../participants/join.mjs";
import { compared } from "../report.mjs";
import { takeTurns } from "../turns.mjs";

/** Large enough for the peak, small enough for the caches. */
const SIZE = 1024;

/**
 * The machine's peak in products of matrices of 1024 x 1024 as ONNX Runtime reaches it, and as PyTorch does. Times are seconds for a
 * product; `flops` is what one takes.
 */
export function measureGemm(name, { participants: { gemm }, rounds, tell }) {
  const request = { do: "set up", size: SIZE };
  return withParticipants(async (begin) => {
    const ours = await beginOurs(begin, gemm.ours, request);
    const peers = await Promise.all(gemm.peers.map((participant) => begin(participant, request)));
    await takeTurns(name, [ours, ...peers.filter(({ absent }) => absent === undefined)], { rounds, tell });
    return [{ ...compared(name, ours, peers), flops: 2 * SIZE ** 3 }];
  });
}
