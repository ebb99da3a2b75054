import { hostname } from "node:os";
import { takeRun } from "../../runs/sharedRun.js";
import { type TrainEvent, train } from "../../training/train.js";
import { EXIT } from "../exit.js";
import { tellFailure } from "../failure.js";
import { interruptible } from "../interrupt.js";
import type { Member } from "./member.js";
import { rankLog } from "./rankLog.js";

/** What the job ends with, which rank 0 says in words. */
const CODES: Readonly<Partial<Record<TrainEvent["type"], number>>> = {
  end: EXIT.success,
  stopped: EXIT.interrupted,
  diverged: EXIT.failed,
};

/**
 * Trains the run that rank 0 has as another rank of its job, and leaves with it. A failure ends the job, since the others would wait for ever.
 * @returns the exit code
 */
export async function trainAsRank(member: Member): Promise<number> {
  try {
    const code = await interruptible((signal) => trained(member, signal));
    await member.leave();
    return code;
  } catch (error) {
    return member.abort(tellFailure(error, `rank ${member.rank} on ${hostname()}`));
  }
}

async function trained(member: Member, signal: AbortSignal): Promise<number> {
  const run = await takeRun(member);
  if (!run) return EXIT.badInput;
  const { options, config } = run;
  const { iterations } = config;
  const { threads } = member;
  const log = rankLog(member, { ...run, iteration: options.resume?.iteration ?? 0, iterations });
  for await (const event of train({ ...options, ranks: log.ranks, threads, signal })) {
    await log.note(event);
    const code = CODES[event.type];
    if (code !== undefined) return code;
  }
  throw new Error("the run ended without saying how");
}
