import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { Columns } from "./Columns.js";
import { exampleTable } from "./example.js";
import { Figures } from "./Figures.js";
import { Sampling } from "./Sampling.js";
import { tableSession } from "./session.js";
import { Training } from "./Training.js";
import "./table.css";
import { UnderWay } from "./UnderWay.js";

/** A table of the reader's own: what its columns are, a training in this tab, and new rows. */
export function TableMode() {
  const words = text().table;
  const session = tableSession();
  const table = session.table.value;
  const idle = session.busy.value === null && session.threads.value !== null;
  return (
    <section class="table-mode" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <p>{words.intro}</p>
        <p class="stays" role="status">
          <strong>{words.stays}</strong>{" "}
          {session.threads.value === null ? words.loading : words.loaded(whole(session.threads.value))}
        </p>
        <p class="table-open">
          <label class={idle ? "file-button" : "file-button off"}>
            {words.pick}
            <input
              type="file"
              disabled={!idle}
              accept=".csv,.tsv,.txt,.json,.jsonl,.xlsx,.gz,text/csv"
              onChange={({ currentTarget }) => {
                const file = currentTarget.files?.[0];
                if (file) session.open(file, file.name);
                currentTarget.value = "";
              }}
            />
          </label>
          <button
            type="button"
            disabled={!idle}
            onClick={() => {
              const example = exampleTable();
              session.open(example, example.name);
            }}
          >
            {words.example}
          </button>
          <span class="note">{words.drop}</span>
        </p>
        <UnderWay session={session} of={["open", "choose"]} />
      </header>
      {table && (
        <>
          <Columns session={session} table={table} />
          <Training session={session} table={table} />
          {session.figures.value && <Figures figures={session.figures.value} />}
          {session.trained.value && <Sampling session={session} table={table} />}
        </>
      )}
    </section>
  );
}
