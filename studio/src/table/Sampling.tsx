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
  const idle = session.busy.value === null;
  const rows = session.rows.value;
  const stem = table.name.replace(/\.[^.]*$/, "");
  const keep = async (name: string, made: Promise<Blob | null>) => {
    const file = await made;
    if (file) save(name, file);
  };
  return (
    <section class="table-part" aria-labelledby="table-sampling">
      <h3 id="table-sampling">{sampling.title}</h3>
      <Conditions table={table} where={where} onChange={setWhere} />
      <form
        class="table-row"
        onSubmit={(event) => {
          event.preventDefault();
          session.sample({ count, seed, where });
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
        <button type="button" disabled={!rows} onClick={() => rows && save(`${stem}-synthetic.csv`, rows.csv)}>
          {sampling.csv}
        </button>
        <button type="button" disabled={!idle} onClick={() => keep(`${stem}.zip`, session.model(stem))}>
          {sampling.model}
        </button>
        <button type="button" disabled={!idle} onClick={() => keep(`${stem}-judged.html`, session.report())}>
          {sampling.report}
        </button>
      </p>
      <p class="note">{sampling.modelNote(stem)}</p>
      <UnderWay session={session} of={["sample", "model", "report"]} />
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

interface ConditionsProps {
  readonly table: TableFacts;
  readonly where: readonly string[];
  readonly onChange: (where: readonly string[]) => void;
}

/** Conditions that all rows fulfil, as `--where` takes them. */
function Conditions({ table, where, onChange }: ConditionsProps) {
  const { sampling } = text().table;
  const columns = table.columns.filter(({ type }) => type !== null && type !== "identifier" && type !== "text");
  const [column, setColumn] = useState(columns[0]?.name ?? "");
  const [values, setValues] = useState("");
  return (
    <form
      class="table-row"
      aria-label={sampling.conditions}
      onSubmit={(event) => {
        event.preventDefault();
        onChange([...where, `${column}=${values}`]);
        setValues("");
      }}
    >
      <label>
        {sampling.where}{" "}
        <select value={column} onChange={({ currentTarget }) => setColumn(currentTarget.value)}>
          {columns.map(({ name }) => (
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
          value={values}
          onInput={({ currentTarget }) => setValues(currentTarget.value)}
        />
      </label>
      <button type="submit">{sampling.add}</button>
      {where.map((condition, place) => (
        <span key={condition} class="condition">
          <code>{condition}</code>
          <button
            type="button"
            class="plain"
            aria-label={sampling.remove(condition)}
            onClick={() => onChange(where.filter((_, other) => other !== place))}
          >
            ×
          </button>
        </span>
      ))}
    </form>
  );
}
