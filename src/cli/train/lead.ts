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
 * ended, since they would wait for ever.
 * @throws what the work throws, where the others could leave
 */
export async function leading(member: Member, work: (lead: Lead) => Promise<void>): Promise<void> {
  let others: "waiting" | "told" | "training" = "waiting";
  const lead: Lead = {
    ...member,
    async offer(run) {
      checkShareable(run, member);
      others = "told";
      await offerRun(run, member);
      others = "training";
    },
  };
  await work(lead).catch(async (error: unknown) => {
    if (others === "training") member.abort(tellFailure(error));
    if (others === "waiting") await withholdRun(member);
    await member.leave();
    throw error;
  });
  await member.leave();
}
