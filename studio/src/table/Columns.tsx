import { columnTypes } from "../../../src/tables/types/catalogue.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { TableSession } from "./client.js";
import type { ColumnFacts, TableFacts } from "./protocol.js";
import { ScrolledTable } from "./ScrolledTable.js";

const DROPPED = "drop";
type Taken = ColumnFacts["type"] | typeof DROPPED;

/** What each column was taken for, to be changed. */
export function Columns({ session, table }: { readonly session: TableSession; readonly table: TableFacts }) {
  const words = text().table;
  const { columns } = words;
  const idle = session.busy.value === null;
  const take = (name: string, taken: Taken) => {
    const { types, drop } = session.choices.peek();
    const others = drop.filter((one) => one !== name);
    if (taken === DROPPED || taken === null) return session.choose({ types, drop: [...others, name] });
    return session.choose({ types: { ...types, [name]: taken }, drop: others });
  };
  const size =
    table.rows < table.rowsInFile
      ? columns.sampled(whole(table.rows), whole(table.rowsInFile))
      : columns.rows(whole(table.rows), whole(table.columns.length));
  return (
    <section class="table-part" aria-labelledby="table-columns">
      <h3 id="table-columns">{columns.title(table.name)}</h3>
      <p class="note">{size}</p>
      <ScrolledTable label={columns.title(table.name)}>
        <table class="table-columns">
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.type}</th>
              <th scope="col">{columns.holds}</th>
              <th scope="col">{columns.examples}</th>
              <th scope="col">{columns.missing}</th>
              <th scope="col">{columns.distinct}</th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column) => (
              <tr key={column.name} class={column.type === null ? "left-out" : undefined}>
                <th scope="row">{column.name}</th>
                <td>
                  <select
                    aria-label={columns.typeOf(column.name)}
                    disabled={!idle}
                    value={column.type ?? DROPPED}
                    onChange={({ currentTarget }) => {
                      if (!take(column.name, currentTarget.value as Taken))
                        currentTarget.value = column.type ?? DROPPED;
                    }}
                  >
                    {columnTypes.entries.map(({ name }) => (
                      <option key={name} value={name}>
                        {columns.types[name]}
                      </option>
                    ))}
                    <option value={DROPPED}>{columns.drop}</option>
                  </select>
                  {column.isPersonal && <span class="personal">{columns.personal}</span>}
                </td>
                <td lang="en">{column.holds}</td>
                <td>{column.examples.join(" · ")}</td>
                <td class="figure">{whole(column.missing)}</td>
                <td class="figure">{whole(column.distinct)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrolledTable>
      {table.warnings.length > 0 && (
        <details class="table-warnings" open>
          <summary>{columns.warnings(whole(table.warnings.length))}</summary>
          {table.warnings.some((warning) => warning.includes("--")) && <p class="note">{columns.options}</p>}
          <ul lang="en">
            {table.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
