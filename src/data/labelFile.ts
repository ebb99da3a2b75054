import { stat } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { InputError } from "../errors.js";
import { listed, quoted } from "../quoting.js";
import type { CellColumn, CellTable } from "../tables/cellTable.js";
import { type LabelValue, labelValue } from "./labels.js";
import { unreadable } from "./reading.js";
import { readCells } from "./sources/cells.js";
import { fileOfPath, readArray } from "./sources/source.js";
import { STANDARD_INPUT } from "./sources/standardInput.js";
import { isTableFile } from "./tableFile.js";

/** What columns of a table of labels are usually called. */
const FILE_NAMES: readonly string[] = ["file", "filename", "file_name", "path", "image"];
const LABEL_NAMES: readonly string[] = ["label", "class", "category"];

/**
 * The class of each image of a folder, as a table of file names and classes says. Names are relative to the folder or to the table's own.
 * @param paths of the images
 * @throws InputError where the file is no such table, names a file that is not there or one twice, or leaves an image out
 */
export async function labelsByName(file: string, folder: string, paths: readonly string[]): Promise<readonly string[]> {
  if (!(await isTable(file))) {
    throw new InputError(
      `${file} has no file names: the classes of a folder of images are a table with a column of file names and one of classes, such as a .csv with "file,label" in its first row.`,
    );
  }
  const placeOf = new Map(paths.map((path, place) => [resolve(path), place]));
  const find = (name: string) => placeOf.get(resolve(folder, name)) ?? placeOf.get(resolve(dirname(file), name));
  const { files, labels } = await namedColumns(file, (name) => find(name) !== undefined);
  const found = files.texts.map(find);
  const missing = files.texts.filter((_, code) => found[code] === undefined);
  if (missing.length > 0) {
    const [a, are] = missing.length === 1 ? ["a file", "is"] : [`${missing.length} files`, "are"];
    throw new InputError(
      `${file} names ${a} that ${are} not among the images of ${folder} (${listed(missing)}); give names relative to that folder.`,
    );
  }
  const classes: (string | undefined)[] = paths.map(() => undefined);
  for (const [row, code] of files.codes.entries()) {
    const place = found[code];
    const name = files.texts[code] ?? "";
    if (place === undefined) continue;
    if (classes[place] !== undefined) throw new InputError(`${file} names ${quoted(name)} twice; give it one class.`);
    const label = textIn(labels, row);
    if (label === "") throw new InputError(`${file} says no class of ${quoted(name)}; give it one.`);
    classes[place] = label;
  }
  const named = classes.filter((label) => label !== undefined);
  if (named.length === paths.length) return named;
  const left = paths.filter((_, place) => classes[place] === undefined).map((path) => relative(folder, path));
  throw new InputError(
    `${file} leaves out ${left.length} of ${paths.length} images of ${folder} (${listed(left)}); give each a class, or remove it.`,
  );
}

/**
 * The label of each image of an array: whole numbers of an IDX or .npy file, or a column of a table.
 * @param name of the array, for messages
 * @param count of its images
 * @throws InputError where the file holds neither, or not one label for each image
 */
export async function labelsInOrder(file: string, name: string, count: number): Promise<ArrayLike<LabelValue>> {
  const labels = (await isTable(file)) ? await labelsOfTable(file, count) : await wholeNumbers(file);
  if (labels.length === count) return labels;
  throw new InputError(
    `${file} has ${labels.length} labels, and ${name} has ${count} images; give one label for each image, in their order.`,
  );
}

async function wholeNumbers(file: string): Promise<ArrayLike<number>> {
  const { shape, data } = await readArray(file);
  if (shape.filter((axis) => axis !== 1).length > 1) {
    throw new InputError(`${file} has the shape [${shape.join(", ")}]; labels are one whole number for each image.`);
  }
  const odd = data.find((value) => !Number.isInteger(value));
  if (odd === undefined) return data;
  throw new InputError(`${file} holds ${odd}; labels are whole numbers, one for each image.`);
}

async function labelsOfTable(file: string, count: number): Promise<readonly LabelValue[]> {
  const { rows, columns } = await rowsForEach(file, count);
  const column = columns.length === 1 ? columns[0] : columnCalled(columns, LABEL_NAMES);
  if (!column) {
    throw new InputError(
      `${file} has the columns ${listed(columns.map(({ name }) => name))}: call the one of classes "label".`,
    );
  }
  const values = column.texts.map(labelValue);
  const labels = Array.from({ length: rows }, (_, row) => values[column.codes[row] ?? 0] ?? "");
  const empty = labels.indexOf("");
  if (empty < 0) return labels;
  throw new InputError(`${file} says no class of image ${empty + 1}; give it one.`);
}

/** The rows of a table; the first one is no row of names where a column has as many cells as are wanted with it. */
async function rowsForEach(file: string, count: number): Promise<CellTable> {
  const table = await readCells(file);
  const lacksOne = table.rows + 1 === count && table.columns.length === 1;
  return lacksOne && !columnCalled(table.columns, LABEL_NAMES) ? readCells(file, { header: false }) : table;
}

/** The columns of file names and of classes; `isFile` tells a first row that is no row of names. */
async function namedColumns(file: string, isFile: (name: string) => boolean) {
  const table = await readCells(file);
  const hasNames = !table.columns.some(({ name }) => isFile(name));
  const { columns } = hasNames ? table : await readCells(file, { header: false });
  const files = columnCalled(columns, FILE_NAMES) ?? columns[0];
  const others = columns.filter((column) => column !== files);
  const labels = columnCalled(others, LABEL_NAMES) ?? (others.length === 1 ? others[0] : undefined);
  if (files && labels) return { files, labels };
  throw new InputError(
    `${file} has the columns ${listed(columns.map(({ name }) => name))}: call the one of file names "file" and the one of classes "label".`,
  );
}

function columnCalled(columns: readonly CellColumn[], names: readonly string[]): CellColumn | undefined {
  return columns.find(({ name }) => names.includes(name.trim().toLowerCase()));
}

function textIn({ texts, codes }: CellColumn, row: number): string {
  return texts[codes[row] ?? 0] ?? "";
}

/** @throws InputError where there is no such file */
async function isTable(file: string): Promise<boolean> {
  if (file === STANDARD_INPUT) throw new InputError("Labels cannot come from standard input; give a file of them.");
  const found = await stat(fileOfPath(file)).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (found.isDirectory()) throw new InputError(`${file} is a folder; give a file of labels.`);
  return isTableFile(file);
}
