import { basename, dirname, join, resolve } from "node:path";
import { stringify } from "yaml";
import { inShell } from "../../quoting.js";
import type { SweepPlan } from "../../sweeps/sweepPlan.js";

/** Cores and memory that a run is given, to be changed as the networks ask for it. */
const CORES = 2;
const GIGABYTES = 4;
/** Slurm takes no larger index unless its MaxArraySize is raised. */
const SLURM_LARGEST = 1000;
/** Pods of a Job at a time, and tries of a run. */
const PODS = 8;
const TRIES = 3;

/** Within the folder of a sweep: what tasks of Slurm write. */
export const LOGS = "logs";

/** What schedulers a sweep can be printed for. */
export const schedulers = ["slurm", "kubernetes"] as const;
export type Scheduler = (typeof schedulers)[number];

/** What has the runs of the sweep in `out` trained by a scheduler, a task each, on machines that share that folder. */
export function jobScript(scheduler: Scheduler, out: string, plan: SweepPlan): string {
  return scheduler === "slurm" ? slurmScript(resolve(out), plan) : kubernetesJob(resolve(out), plan);
}

function slurmScript(out: string, { id, runs }: SweepPlan): string {
  const last = runs.length - 1;
  return [
    "#!/bin/bash",
    `# Trains the runs of ${out}, one a task: give this file to sbatch. Results so far: monge sweep show ${inShell(out)}`,
    ...(last > SLURM_LARGEST
      ? [`# An array this large needs a MaxArraySize of ${runs.length} at least in slurm.conf.`]
      : []),
    `#SBATCH --job-name=monge-${id}`,
    `#SBATCH --array=0-${last}`,
    `#SBATCH --cpus-per-task=${CORES}`,
    `#SBATCH --mem=${GIGABYTES}G`,
    "#SBATCH --requeue",
    `#SBATCH --output=${inShell(join(out, LOGS, "%a.log"))}`,
    `cd ${inShell(process.cwd())} || exit`,
    `exec npx monge sweep --out ${inShell(out)} --only "$SLURM_ARRAY_TASK_ID"`,
  ].join("\n");
}

function kubernetesJob(out: string, { id, runs }: SweepPlan): string {
  const command = `npx monge sweep --out ${inShell(out)} --only "$JOB_COMPLETION_INDEX"`;
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: `monge-${id}` },
    spec: {
      completions: runs.length,
      parallelism: Math.min(PODS, runs.length),
      completionMode: "Indexed",
      backoffLimitPerIndex: TRIES,
      maxFailedIndexes: runs.length,
      // Bad input stays bad.
      podFailurePolicy: {
        rules: [{ action: "FailIndex", onExitCodes: { containerName: "run", operator: "In", values: [2] } }],
      },
      template: {
        spec: {
          restartPolicy: "Never",
          containers: [
            {
              name: "run",
              image: "monge",
              command: ["sh", "-c", `exec ${command}`],
              resources: { requests: { cpu: `${CORES}`, memory: `${GIGABYTES}Gi` } },
              volumeMounts: [{ name: "shared", mountPath: dirname(out) }],
            },
          ],
          volumes: [{ name: "shared", persistentVolumeClaim: { claimName: "shared" } }],
        },
      },
    },
  };
  return [
    `# Trains the runs of ${basename(out)}, one a pod: give this file to kubectl apply -f. Put in the name of an image that has Node and monge in its`,
    `# working folder, and of a claim of a volume that all pods can write to, with ${out} in it.`,
    stringify(job, { lineWidth: 0 }).trimEnd(),
  ].join("\n");
}
