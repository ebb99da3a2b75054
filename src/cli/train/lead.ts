import type { Run } from "../../runs/run.js";
import { checkShareable, offerRun, withholdRun } from "../../runs/sharedRun.js";
import { tellFailure } from "../failure.js";
import type { Member } from "./member.js";

/** Rank 0 of a job, which has the run. */
export interface Lead extends Member {
  /**
   * Gives the run to the other ranks, once, before it is trained.
   * @throws InputError where one of them cannot train it
   */
  offer(run: Run): Promise<void>;
}

/**
 * Does what rank 0 does, and leaves the job. Where that fails before the other ranks train, they leave as well; once they do, the job is
 * ended, since they would wait for ever. What failed is told before the others can end: a launcher ends the job with the first of them.
 * @returns the exit code of a failure
 */
export async function leading(member: Member, work: (lead: Lead) => Promise<void>): Promise<number | undefined> {
  const standing: { others: "waiting" | "told" | "training" } = { others: "waiting" };
  const lead: Lead = {
    ...member,
    async offer(run) {
      checkShareable(run, member);
      standing.others = "told";
      await offerRun(run, member);
      standing.others = "training";
    },
  };
  let failure: number | undefined;
  try {
    await work(lead);
  } catch (error) {
    failure = tellFailure(error);
    if (standing.others === "training") member.abort(failure);
    if (standing.others === "waiting") await withholdRun(member);
  }
  await member.leave();
  return failure;
}
