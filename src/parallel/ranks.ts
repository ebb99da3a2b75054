/**
 * Processes that train together, as one of them sees them. Every method is called by all ranks, in the same order, one after the other;
 * its promise is fulfilled when all have come that far. The rank hears signals and does other work meanwhile.
 */
export interface Ranks {
  /** This process: 0 to `size - 1`. */
  readonly rank: number;
  /** How many there are. */
  readonly size: number;
  /** Replaces the numbers by their sums over all ranks: the same bits on every rank, and in every run with as many ranks. */
  allReduce(numbers: Float32Array): Promise<void>;
  /** What rank 0 gives, on every rank; what the others give is ignored. */
  broadcast(bytes: Uint8Array): Promise<Uint8Array>;
  /** What each rank gives, of any length, in the order of the ranks; on every rank. */
  gather(bytes: Uint8Array): Promise<Uint8Array[]>;
  /** Leaves the job once all ranks do. Nothing can be called afterwards. */
  leave(): Promise<void>;
  /** Ends all processes of the job at once, whatever they do; the job's exit code is `exitCode` where the launcher passes it on. */
  abort(exitCode: number): never;
}
