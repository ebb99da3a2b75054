import { useState } from "preact/hooks";
import { save } from "../download/save.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { TableSession } from "./client.js";
import { MOST_ROWS } from "./limits.js";
import type { TableFacts } from "./protocol.js";
import { ScrolledTable } from "./ScrolledTable.js";
import { UnderWay } from "./UnderWay.js";

/** Makes rows under conditions, and gives them and the model away. */
export function Sampling({ session, table }: { readonly session: TableSession; readonly table: TableFacts }) {
  const { sampling } = text().table;
  const [count, setCount] = useState(Math.min(table.rows, MOST_ROWS));
  const [seed, setSeed] = useState(0);
  const [where, setWhere] = useState<readonly string[]>([]);
  const columns = table.columns.filter(({ type }) => type !== null && type !== "identifier" && type !== "text");
  const [draft, setDraft] = useState<Draft>({ column: columns[0]?.name ?? "", values: "" });
  /** The conditions, with the one that is being written. */
  const written = draft.values.trim() === "" ? where : [...where, `${draft.column}=${draft.values}`];
  /** What is refused stays in its field. */
  const take = async (accepted: Promise<boolean>) => {
    if (!(await accepted)) return;
    setWhere(written);
    setDraft({ ...draft, values: "" });
  };
  const idle = session.busy.value === null;
  const rows = session.rows.value;
  const stem = table.name.replace(/\.[^.]*$/, "");
  const keep = async (name: string, made: Promise<Blob | null>) => {
    const file = await made;
    if (file) save(name, file);
    return file !== null;
  };
  const saveRows = () => {
    if (!rows) return;
    save(`${stem}-synthetic.csv`, rows.csv);
    session.saved();
  };
  const saveModel = async () => {
    if (await keep(`${stem}.zip`, session.model(stem))) session.saved();
  };
  return (
    <section class="table-part" aria-labelledby="table-sampling">
      <h3 id="table-sampling">{sampling.title}</h3>
      <Conditions
        columns={columns.map(({ name }) => name)}
        where={where}
        draft={draft}
        onDraft={setDraft}
        idle={idle}
        onAdd={() => take(session.check(written))}
        onRemove={(place) => setWhere(where.filter((_, other) => other !== place))}
      />
      <form
        class="table-row"
        onSubmit={(event) => {
          event.preventDefault();
          void take(session.sample({ count, seed, where: written }));
        }}
      >
        <label>
          {sampling.rows}{" "}
          <input
            type="number"
            min={1}
            max={MOST_ROWS}
            step={1}
            required
            value={count}
            onInput={({ currentTarget }) => setCount(currentTarget.valueAsNumber || 1)}
          />
        </label>
        <label>
          {sampling.seed}{" "}
          <input
            type="number"
            min={0}
            max={2 ** 31 - 1}
            step={1}
            required
            value={seed}
            onInput={({ currentTarget }) => setSeed(currentTarget.valueAsNumber || 0)}
          />
        </label>
        <button type="submit" class="primary" disabled={!idle}>
          {sampling.make}
        </button>
      </form>
      <p class="table-row">
        <button type="button" disabled={!rows} onClick={saveRows}>
          {sampling.csv}
        </button>
        <button type="button" disabled={!idle} onClick={saveModel}>
          {sampling.model}
        </button>
        <button type="button" disabled={!idle} onClick={() => keep(`${stem}-judged.html`, session.report())}>
          {sampling.report}
        </button>
      </p>
      <p class="note">{sampling.modelNote(stem)}</p>
      <UnderWay session={session} of={["check", "sample", "model", "report"]} />
      {rows?.warnings.map((warning) => (
        <p key={warning} lang="en" role="status">
          {warning}
        </p>
      ))}
      {rows && (
        <ScrolledTable label={sampling.preview(whole(rows.preview.length))}>
          <table class="table-preview">
            <caption>{sampling.made(whole(rows.preview.length), whole(rows.count))}</caption>
            <thead>
              <tr>
                {rows.columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.preview.map((row, i) => (
                <tr key={i}>
                  {row.map((cell, column) => (
                    <td key={rows.columns[column]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrolledTable>
      )}
    </section>
  );
}

/** A condition that is being written. */
interface Draft {
  readonly column: string;
  readonly values: string;
}

interface ConditionsProps {
  readonly columns: readonly string[];
  readonly where: readonly string[];
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly idle: boolean;
  readonly onAdd: () => void;
  readonly onRemove: (place: number) => void;
}

/** Conditions that all rows fulfil, as `--where` takes them. */
function Conditions({ columns, where, draft, idle, onDraft, onAdd, onRemove }: ConditionsProps) {
  const { sampling } = text().table;
  return (
    <form
      class="table-row"
      aria-label={sampling.conditions}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd();
      }}
    >
      <label>
        {sampling.where}{" "}
        <select
          value={draft.column}
          onChange={({ currentTarget }) => onDraft({ ...draft, column: currentTarget.value })}
        >
          {columns.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <span aria-hidden="true">= </span>
        <input
          type="text"
          required
          aria-label={sampling.values}
          placeholder={sampling.valuesHint}
          value={draft.values}
          onInput={({ currentTarget }) => onDraft({ ...draft, values: currentTarget.value })}
        />
      </label>
      <button type="submit" disabled={!idle}>
        {sampling.add}
      </button>
      {where.map((condition, place) => (
        <span key={condition} class="condition">
          <code>{condition}</code>
          <button type="button" class="plain" aria-label={sampling.remove(condition)} onClick={() => onRemove(place)}>
            ×
          </button>
        </span>
      ))}
    </form>
  );
}
