/** What data may be, as help and refusals call it. */
const kinds = {
  name: "the name of a data set",
  table: "a table (.csv, .tsv, .json, or with .gz)",
  rows: "a table (.csv, .tsv or any delimited text, .json, .jsonl, with .gz too; .parquet, .xlsx)",
  array: "an array (.npy, .npz, IDX, or with .gz)",
  images: "an array of images (.npy, .npz, IDX, or with .gz)",
  folder: "a folder of images",
  run: "the folder of a run",
  stream: "- (such a file on standard input)",
} as const;

export type Kind = keyof typeof kinds;

/** The kinds that each purpose has a use for. */
export const taken = {
  training: ["name", "table", "array", "folder", "stream"],
  points: ["name", "table", "array", "folder", "run", "stream"],
  images: ["name", "images", "folder", "run", "stream"],
  rows: ["rows", "stream"],
  file: ["table", "array", "folder"],
} as const satisfies Record<string, readonly Kind[]>;

/** A list such as "a table (...), an array (...) or a folder of images", of the kinds that something takes. */
export function kindsText(of: readonly Kind[]): string {
  const texts = of.map((kind) => kinds[kind]);
  return `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
