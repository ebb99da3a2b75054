/** A kind of MPI library. Those of a kind share their binary interface. */
export type MpiKind = "Open MPI" | "MPICH";

/** How this process was started as a rank of an MPI job. */
export interface Launch {
  /** What started it, for messages: "Open MPI's mpirun". */
  readonly by: string;
  readonly rank: number;
  readonly size: number;
  /** Kinds of libraries that its ranks can meet through, the likeliest first. */
  readonly kinds: readonly MpiKind[];
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Launcher extends Pick<Launch, "by" | "kinds"> {
  /** The variables in which a process finds its rank and the number of ranks. */
  readonly rank: string;
  readonly size: string;
}

/**
 * Kubernetes' MPIJob runs mpirun. `srun --mpi=none` sets neither of the variables of PMI, and starts processes that know nothing of
 * each other.
 */
const launchers: readonly Launcher[] = [
  { by: "Open MPI's mpirun", kinds: ["Open MPI"], rank: "OMPI_COMM_WORLD_RANK", size: "OMPI_COMM_WORLD_SIZE" },
  { by: "srun", kinds: ["Open MPI", "MPICH"], rank: "PMIX_RANK", size: "SLURM_STEP_NUM_TASKS" },
  { by: "mpirun of MPICH, or srun,", kinds: ["MPICH", "Open MPI"], rank: "PMI_RANK", size: "PMI_SIZE" },
];

/** How this process was started as a rank; undefined where no launcher of MPI has. */
export function launchOf(env: Environment): Launch | undefined {
  for (const { by, kinds, rank, size } of launchers)
    if (env[rank] && env[size]) return { by, kinds, rank: Number(env[rank]), size: Number(env[size]) };
  return undefined;
}

/** Whether this process is one of several ranks of an MPI job, started by mpirun of Open MPI or MPICH, or by Slurm's srun. */
export function mpiFromEnvironment(env: Environment): boolean {
  return (launchOf(env)?.size ?? 1) > 1;
}
