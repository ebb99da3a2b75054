import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { TableSession } from "./client.js";
import type { TableRequest } from "./protocol.js";

export interface UnderWayProps {
  readonly session: TableSession;
  /** What is asked in the part of the view that this stands in. */
  readonly of: readonly TableRequest["type"][];
}

/** How far what was asked has come, or why it could not be done. */
export function UnderWay({ session, of }: UnderWayProps) {
  const { doing, training, refused, needs, stillOpen } = text().table;
  const progress = session.progress.value;
  const busy = session.busy.value;
  const problem = session.problem.value;
  return (
    <>
      {progress && busy !== null && of.includes(busy) && (
        <p class="table-progress">
          <progress value={progress.done} max={progress.of} aria-label={doing[progress.doing]} />
          <span>
            {session.paused.value ? training.paused : doing[progress.doing]}{" "}
            {training.of(whole(progress.done), whole(progress.of))}
          </span>
        </p>
      )}
      {problem && of.includes(problem.of) && (
        <p class="problem" role="alert">
          {refused(problem.sentence)}
          {problem.of === "open" && ` ${needs}`}
          {problem.of === "open" && session.table.value && ` ${stillOpen(session.table.value.name)}`}
        </p>
      )}
    </>
  );
}
