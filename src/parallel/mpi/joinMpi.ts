import { setImmediate, setTimeout } from "node:timers/promises";
import { InputError } from "../../errors.js";
import type { Ranks } from "../ranks.js";
import { enterJob } from "./job.js";
import { launchOf } from "./launch.js";
import { loadLibrary } from "./library.js";

export interface JoinOptions {
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The file of a library of MPI. Default: `MONGE_MPI_LIBRARY` of the environment, or the library of what started the job. */
  readonly library?: string | undefined;
}

/** A rank that waits looks again at once for so many milliseconds, and then once a millisecond, which leaves the core to others. */
const EAGER = 50;

/**
 * Makes this process a rank of its MPI job: once in its life, in its main thread. Blocks until all ranks join; under MPICH for ever where
 * one ends before it does, so that what may be wrong on one rank alone is better looked for afterwards.
 *
 * Every operation first waits until all ranks have come, without blocking, so that signals are heard while one of them does something
 * long. Then the numbers move in one blocking call of MPI.
 *
 * A sum has the same bits in every run with the same library, as many ranks and the same placement of ranks on hosts. MPI recommends
 * this to libraries without requiring it; Open MPI and MPICH choose the order of additions by these and by the length.
 * @throws InputError where koffi or a library is missing, or where the library does not belong to what started the job
 */
export async function joinMpi({ env = process.env, library }: JoinOptions = {}): Promise<Ranks> {
  const launch = launchOf(env);
  const loaded = await loadLibrary(launch, library || env.MONGE_MPI_LIBRARY);
  const job = enterJob(loaded);
  if (launch && launch.size !== job.size) {
    job.leave();
    throw new InputError(
      `${launch.by} started ${launch.size} ranks, but ${loaded.name} finds ${job.size}: ` +
        "name the library that belongs to it in MONGE_MPI_LIBRARY",
    );
  }
  const everybody = async () => {
    const arrived = job.arrive();
    const begun = performance.now();
    while (!arrived()) await (performance.now() - begun < EAGER ? setImmediate() : setTimeout(1));
  };
  return {
    rank: job.rank,
    size: job.size,
    async allReduce(numbers) {
      await everybody();
      job.sum(numbers);
    },
    async broadcast(bytes) {
      await everybody();
      const [length = 0] = job.share(bytes.length);
      const given = job.rank === 0 ? bytes : new Uint8Array(length);
      job.broadcast(given);
      return given;
    },
    async gather(bytes) {
      await everybody();
      return job.gather(bytes, job.share(bytes.length));
    },
    async leave() {
      await everybody();
      job.leave();
    },
    abort(exitCode) {
      job.abort(exitCode);
      process.exit(exitCode);
    },
  };
}
