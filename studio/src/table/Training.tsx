import { useState } from "preact/hooks";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { TableSession } from "./client.js";
import { MOST_MEMORY } from "./limits.js";
import type { TableFacts } from "./protocol.js";
import { UnderWay } from "./UnderWay.js";

/** What the reader may give a training, in seconds. */
const TIMES = [30, 60, 120, 300, 900] as const;
const MEGABYTE = 1e6;
/** Rows below which little can be learned, and little of what was learned be measured. */
const FEW = 500;

/** Begins, pauses and ends a training, and tells how far it is. */
export function Training({ session, table }: { readonly session: TableSession; readonly table: TableFacts }) {
  const words = text().table;
  const { training } = words;
  const [seconds, setSeconds] = useState<number>(60);
  const [seed, setSeed] = useState(0);
  const isTraining = session.busy.value === "train";
  const doing = session.progress.value?.doing;
  const paused = session.paused.value;
  const trained = session.trained.value;
  const memory = whole(Math.ceil(table.memory / MEGABYTE));
  const fits = table.memory <= MOST_MEMORY;
  return (
    <section class="table-part" aria-labelledby="table-training">
      <h3 id="table-training">{training.title}</h3>
      <form
        class="table-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isTraining) session.train(seconds, seed);
        }}
      >
        <label>
          {training.time}{" "}
          <select
            value={seconds}
            disabled={isTraining}
            onChange={({ currentTarget }) => setSeconds(Number(currentTarget.value))}
          >
            {TIMES.map((time) => (
              <option key={time} value={time}>
                {time < 60 ? training.seconds(whole(time)) : training.minutes(whole(time / 60))}
              </option>
            ))}
          </select>
        </label>
        <label>
          {training.seed}{" "}
          <input
            type="number"
            min={0}
            max={2 ** 31 - 1}
            step={1}
            value={seed}
            disabled={isTraining}
            onInput={({ currentTarget }) => setSeed(Math.max(0, Math.floor(currentTarget.valueAsNumber || 0)))}
          />
        </label>
        {/* It keeps its place and the focus, so that a second press does nothing. */}
        <button
          type="submit"
          class="primary"
          aria-disabled={isTraining}
          disabled={(session.busy.value !== null && !isTraining) || !fits}
        >
          {training.train}
        </button>
        {isTraining && (
          <>
            <button
              type="button"
              disabled={doing !== "training"}
              onClick={() => session.nudge(paused ? "goOn" : "pause")}
            >
              {paused ? training.goOn : training.pause}
            </button>
            <button type="button" onClick={() => session.nudge("stop")}>
              {training.stop}
            </button>
          </>
        )}
      </form>
      {table.rows < FEW && <p class="note">{training.few(whole(table.rows))}</p>}
      <p class="note">{fits ? training.memory(memory) : training.tooLarge(memory, whole(MOST_MEMORY / MEGABYTE))}</p>
      <UnderWay session={session} of={["train"]} />
      {trained && (
        <p role="status">
          {training.trained(whole(trained.iterations), whole(trained.seconds))}{" "}
          {trained.isTooShort
            ? training.tooShort
            : trained.best > 0
              ? training.best(whole(trained.best))
              : training.noBetter}
        </p>
      )}
    </section>
  );
}
