import { availableParallelism, cpus, hostname } from "node:os";
import { InputError } from "../../errors.js";
import { joinMpi } from "../../parallel/mpi/joinMpi.js";
import { mpiFromEnvironment } from "../../parallel/mpi/launch.js";
import type { Ranks } from "../../parallel/ranks.js";

export const parallels = ["mpi", "none"] as const;
export type Parallel = (typeof parallels)[number];

/** This process as a rank of a job that trains. */
export interface Member extends Ranks {
  /** Threads that it computes with. */
  readonly threads: number;
  readonly syncBatchNorm: boolean;
}

export interface ParallelFlags {
  /** Default: "mpi" where the process was started as one of several ranks. */
  readonly parallel?: Parallel | undefined;
  readonly syncBatchNorm?: boolean | undefined;
}

/**
 * Makes this process a rank of its MPI job; `undefined` where it trains alone.
 * @throws InputError where MPI is not there, or what is asked for was not started by it
 */
export async function joinRanks({ parallel, syncBatchNorm = false }: ParallelFlags): Promise<Member | undefined> {
  const isStarted = mpiFromEnvironment(process.env);
  if (parallel === "none" || (parallel === undefined && !isStarted)) return undefined;
  const ranks = await joinMpi();
  if (ranks.size === 1 && !isStarted) {
    await ranks.leave();
    throw new InputError(
      "--parallel mpi is for a command that MPI starts several times: mpirun -n 4 npx monge train ..., or srun.",
    );
  }
  return { ...ranks, threads: await threadsOf(ranks), syncBatchNorm };
}

/** The ranks of one machine share its cores. */
async function threadsOf(ranks: Ranks): Promise<number> {
  const hosts = await ranks.gather(new TextEncoder().encode(hostname()));
  const own = hosts.filter((host) => new TextDecoder().decode(host) === hostname()).length;
  return Math.max(1, Math.min(availableParallelism(), Math.floor(cpus().length / own)));
}
