import type { Library } from "./library.js";

/** MPI_THREAD_FUNNELED: one thread of the process calls MPI. */
const FUNNELED = 1;

/** The MPI job that this process is a rank of. What all ranks have to call blocks the thread until they do, unless it says otherwise. */
export interface Job {
  readonly rank: number;
  readonly size: number;
  /** Says that this rank has come here. The function that it returns tells whether all have. Neither blocks. */
  arrive(): () => boolean;
  /** Replaces numbers by their sums over all ranks. */
  sum(numbers: Float32Array): void;
  /** The number that each rank gives. */
  share(number: number): Float64Array;
  /** Replaces bytes by those of rank 0. */
  broadcast(bytes: Uint8Array): void;
  /** The bytes that each rank gives; `lengths` says how many they are. */
  gather(bytes: Uint8Array, lengths: Float64Array): Uint8Array[];
  leave(): void;
  /** Ends the processes of all ranks. */
  abort(exitCode: number): void;
}

/**
 * Enters the job through a library. Functions of MPI whose failure nobody handles, as here, print the reason and end the whole job, so that
 * nothing is thrown for it.
 */
export function enterJob({ file, constants }: Library): Job {
  const { handle, world, float, byte, sum, inPlace, ignoredStatus } = constants;
  const call = (name: string, ...parameters: string[]) => file.func(name, "int", parameters);
  const ibarrier = call("MPI_Ibarrier", handle, "void *");
  const test = call("MPI_Test", "void *", "void *", "void *");
  const allreduce = call("MPI_Allreduce", "void *", "void *", "int", handle, handle, handle);
  const allgather = call("MPI_Allgather", "void *", "int", handle, "void *", "int", handle, handle);
  const allgatherv = call("MPI_Allgatherv", "void *", "int", handle, "void *", "void *", "void *", handle, handle);
  const bcast = call("MPI_Bcast", "void *", "int", handle, "int", handle);
  const abort = call("MPI_Abort", handle, "int");
  const finalize = call("MPI_Finalize");

  const answer = new Int32Array(1);
  const worldNumber = (name: string): number => {
    call(name, handle, "void *")(world, answer);
    return answer[0] ?? 0;
  };
  call("MPI_Init_thread", "void *", "void *", "int", "void *")(null, null, FUNNELED, answer);
  const size = worldNumber("MPI_Comm_size");
  return {
    rank: worldNumber("MPI_Comm_rank"),
    size,
    arrive() {
      // A request is an int or a pointer: eight bytes hold either.
      const request = new BigInt64Array(1);
      ibarrier(world, request);
      return () => {
        test(request, answer, ignoredStatus);
        return answer[0] !== 0;
      };
    },
    sum: (numbers) => void allreduce(inPlace, numbers, count(numbers.length), float, sum, world),
    share(number) {
      const own = Float64Array.of(number);
      const all = new Float64Array(size);
      allgather(own, own.byteLength, byte, all, own.byteLength, byte, world);
      return all;
    },
    broadcast: (bytes) => void bcast(bytes, count(bytes.length), byte, 0, world),
    gather(bytes, lengths) {
      const starts = new Int32Array(size);
      let total = 0;
      lengths.forEach((length, rank) => {
        starts[rank] = total;
        total += length;
      });
      const all = new Uint8Array(count(total));
      allgatherv(bytes, bytes.length, byte, all, Int32Array.from(lengths), starts, byte, world);
      return Array.from(starts, (start, rank) => all.subarray(start, starts[rank + 1]));
    },
    leave: () => void finalize(),
    abort: (exitCode) => void abort(world, exitCode),
  };
}

/** How many elements there are, which MPI wants as an int of C. */
function count(elements: number): number {
  if (elements >= 2 ** 31) throw new RangeError(`MPI moves fewer than 2^31 elements in one call, not ${elements}`);
  return elements;
}
