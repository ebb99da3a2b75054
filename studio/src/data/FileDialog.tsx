import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../app/Dialog.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { OwnPoints } from "../session/protocol.js";
import { isConstant, type PointTable, pointsOf } from "./pointTable.js";
import { readPointFile } from "./readPointFile.js";

export interface FileDialogProps {
  /** One that was dropped on the page. */
  readonly dropped: File | null;
  readonly onUse: (points: OwnPoints) => void;
  /** Takes the file as a table of all its columns instead. */
  readonly onTable: (file: File) => void;
  readonly onClose: () => void;
}

/** What holds an array, and no columns with names. */
const ARRAYS = /\.(npy|npz|idx)(\.gz)?$/i;

interface Read {
  readonly name: string;
  readonly table: PointTable;
}

/** Takes points out of two columns of a file. */
export function FileDialog({ dropped, onUse, onTable, onClose }: FileDialogProps) {
  const words = text().data;
  const [file, setFile] = useState(dropped);
  const [read, setRead] = useState<Read | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [[x, y], setAxes] = useState<readonly [number, number]>([0, 1]);

  useEffect(() => setFile(dropped), [dropped]);
  useEffect(() => {
    if (!file) return;
    let left = false;
    setRead(null);
    setProblem(null);
    setAxes([0, 1]);
    readPointFile(file).then((found) => {
      if (left) return;
      if (typeof found === "string") setProblem(found);
      else setRead({ name: file.name, table: found });
    });
    return () => {
      left = true;
    };
  }, [file]);

  const use = () => {
    const { name, table } = read!;
    const chosen = [table.columns[x]!, table.columns[y]!] as const;
    const constant = chosen.find(isConstant);
    if (constant) setProblem(words.problems.constant(name, constant.name));
    else onUse({ name, points: pointsOf(table, ...chosen) });
  };
  return (
    <Dialog title={words.file.title} onClose={onClose}>
      <p class="note">{words.file.intro}</p>
      <label class="file-button">
        {words.file.pick}
        <input
          type="file"
          accept=".csv,.tsv,.txt,.json,.jsonl,.npy,.npz,.idx,.gz,text/csv"
          onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? null)}
        />
      </label>
      <p role="status">{file && !read && !problem && words.file.reading}</p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {read && (
        <>
          <p>
            <strong>{read.name}</strong>, {words.file.rows(whole(read.table.rows))}
          </p>
          <div class="axes">
            <Axis label={words.file.x} table={read.table} chosen={x} onChoose={(column) => setAxes([column, y])} />
            <Axis label={words.file.y} table={read.table} chosen={y} onChoose={(column) => setAxes([x, column])} />
          </div>
        </>
      )}
      <footer>
        <button type="button" onClick={onClose}>
          {words.file.cancel}
        </button>
        {file && !ARRAYS.test(file.name) && (
          <button type="button" class={problem ? "primary" : undefined} onClick={() => onTable(file)}>
            {words.file.whole}
          </button>
        )}
        <button type="button" class="primary" disabled={!read} onClick={use}>
          {words.file.use}
        </button>
      </footer>
    </Dialog>
  );
}

interface AxisProps {
  readonly label: string;
  readonly table: PointTable;
  readonly chosen: number;
  readonly onChoose: (column: number) => void;
}

function Axis({ label, table, chosen, onChoose }: AxisProps) {
  return (
    <label>
      {label}
      <select value={chosen} onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}>
        {table.columns.map(({ name }, column) => (
          <option key={name} value={column}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
