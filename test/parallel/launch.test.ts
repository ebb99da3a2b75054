import { describe, expect, it } from "vitest";
import { launchOf, mpiFromEnvironment } from "../../src/parallel/mpi/launch.js";

describe("a job of more than one rank is recognised by the environment", () => {
  it.each([
    ["mpirun of Open MPI 4", { OMPI_COMM_WORLD_RANK: "1", OMPI_COMM_WORLD_SIZE: "4" }, ["Open MPI"]],
    [
      "mpirun of Open MPI 5 within an allocation of Slurm",
      { OMPI_COMM_WORLD_RANK: "1", OMPI_COMM_WORLD_SIZE: "4", PMIX_RANK: "1", SLURM_NTASKS: "4" },
      ["Open MPI"],
    ],
    ["Hydra of MPICH", { PMI_RANK: "1", PMI_SIZE: "4", PMI_FD: "6" }, ["MPICH", "Open MPI"]],
    [
      "srun --mpi=pmix",
      { PMIX_RANK: "1", PMIX_NAMESPACE: "slurm.pmix.7.0", SLURM_STEP_NUM_TASKS: "4", SLURM_NTASKS: "4" },
      ["Open MPI", "MPICH"],
    ],
    [
      "srun --mpi=pmi2",
      { PMI_RANK: "1", PMI_SIZE: "4", SLURM_STEP_NUM_TASKS: "4", SLURM_NTASKS: "4" },
      ["MPICH", "Open MPI"],
    ],
  ])("%s", (_, env, kinds) => {
    expect(mpiFromEnvironment(env)).toBe(true);
    expect(launchOf(env)).toMatchObject({ rank: 1, size: 4, kinds });
  });

  it.each([
    ["a shell", {}],
    ["one rank", { OMPI_COMM_WORLD_RANK: "0", OMPI_COMM_WORLD_SIZE: "1" }],
    ["a script of sbatch, which nothing of MPI has started", { SLURM_NTASKS: "4", SLURM_PROCID: "0" }],
    ["srun --mpi=none", { SLURM_NTASKS: "4", SLURM_STEP_NUM_TASKS: "4", SLURM_PROCID: "2" }],
    ["a task of a job array", { SLURM_NTASKS: "1", SLURM_ARRAY_TASK_ID: "3", PMI_RANK: "0", PMI_SIZE: "1" }],
  ])("and %s is none", (_, env) => {
    expect(mpiFromEnvironment(env)).toBe(false);
  });
});
