import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startParticipant } from "./process.mjs";

const BEGIN_SECONDS = 180;

/**
 * Starts participants as `work` asks for them, and ends them with it. They share a problem file, which the first one writes.
 * @param {(begin: Begin, folder: string) => Promise<T>} work `begin` starts a participant and sends it a first request
 * @returns {Promise<T>} what `work` returns
 * @template T
 * @typedef {{ name: string, process: object, results: string, times: number[], seconds: number, absent?: string }} Active the answer to
 *   the first request is part of it; `seconds` went by from the start of the process to this answer
 * @typedef {(participant: import("./participants.mjs").Participant, request: object, more?: { environment?: Record<string, string>,
 *   limit?: number }) => Promise<Active>} Begin `environment` has variables beside the participant's own, `limit` is in seconds
 */
export async function withParticipants(work) {
  const folder = mkdtempSync(join(tmpdir(), "monge-bench-"));
  const processes = [];
  async function begin(participant, request, { environment = {}, limit = BEGIN_SECONDS } = {}) {
    const { name, missing } = participant;
    const reason = missing?.();
    if (reason) return { name, times: [], absent: reason };
    const results = join(folder, `results-${processes.length}.safetensors`);
    const started = performance.now();
    const process = startParticipant(participant, { ...participant.environment, ...environment });
    processes.push(process);
    const problem = join(folder, "problem.safetensors");
    const answer = await process.ask({ ...request, problem, results }, limit);
    if (answer.absent) await process.stop();
    return {
      name,
      process,
      results,
      problem,
      times: [],
      seconds: (performance.now() - started) / 1000,
      ...answer,
    };
  }
  // When this process is interrupted, too.
  const end = () => {
    for (const participant of processes) participant.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", end);
  try {
    return await work(begin, folder);
  } finally {
    await Promise.all(processes.map((participant) => participant.stop()));
    process.off("exit", end);
    end();
  }
}

/** Begins with Monge, whose absence is an error. */
export async function beginOurs(begin, ours, request) {
  const active = await begin(ours, request);
  if (active.absent) throw new Error(`Monge cannot take part: ${active.absent}`);
  return active;
}
