import { InputError } from "../../errors.js";
import { mostUnpacked } from "./mostUnpacked.js";
import { damaged, unzip } from "./zip.js";

/** The first sheet of an Excel workbook, as a delimited text. */
export interface SheetText {
  /** In UTF-8, with commas, a line for each row of the sheet; all rows are as long as the longest. */
  readonly text: Uint8Array;
  readonly sheet: string;
  /** Sheets that the workbook has. */
  readonly sheets: number;
}

const PARTS =
  /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;
/** Milliseconds of a day, and the day 0 of each way of counting. */
const DAY = 86_400_000;
const [FROM_1900, FROM_1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];
/** Bytes that can become one string. */
const LONGEST_TEXT = 500_000_000;
/** Rows that a sheet may have. */
const MOST_ROWS = 2 ** 20;
/** Digits that Excel shows of a number; it keeps more in the file. */
const DIGITS = 15;

/**
 * The first sheet of an Excel workbook (`.xlsx`, ECMA-376) as delimited text: formulas by their values, days and times in ISO 8601,
 * numbers in 15 digits as Excel shows them, errors but `#N/A` as empty cells.
 * @param name of the file, for messages
 * @param mostBytes that its parts may unpack to
 * @throws InputError where it is damaged, no workbook, or too large
 */
export function sheetText(bytes: Uint8Array, name: string, mostBytes: number): SheetText {
  const most = mostUnpacked(bytes.length, Math.min(mostBytes, LONGEST_TEXT));
  let size = 0;
  const parts = unzip(bytes, name, (member, unpacked) => {
    if (!PARTS.test(member)) return false;
    size += unpacked;
    if (size > most) throw new InputError(`${name} unpacks to more than ${most} bytes; save its first sheet as CSV.`);
    return true;
  });
  const xml = (part: string) => new TextDecoder().decode(parts.get(part));
  const workbook = xml("xl/workbook.xml");
  const sheets = [...elements(workbook, "sheet")];
  const [first] = sheets;
  if (!first) throw new InputError(`${name} is not an Excel workbook with a sheet; save the table as CSV.`);
  const id = attribute(first.attributes, "id");
  const relations = [...elements(xml("xl/_rels/workbook.xml.rels"), "Relationship")];
  const target = relations.find(({ attributes }) => attribute(attributes, "Id") === id)?.attributes ?? "";
  const path = (attribute(target, "Target") ?? "").replace(/^\/?(?:xl\/)?/, "xl/");
  if (!parts.has(path)) throw damaged(name);
  const epoch = /date1904="(?:1|true)"/.test(workbook) ? FROM_1904 : FROM_1900;
  const strings = [...elements(xml("xl/sharedStrings.xml"), "si")].map(({ content }) => textIn(content));
  const read = cellReader(strings, datesOf(xml("xl/styles.xml")), epoch);
  const text = new TextEncoder().encode(linesOf(xml(path), read));
  return { text, sheet: attribute(first.attributes, "name") ?? "1", sheets: sheets.length };
}

type Element = { readonly attributes: string; readonly content: string };

const patterns = new Map<string, RegExp>();

/** The elements of a name that do not lie within another of it. */
function* elements(xml: string, name: string): Generator<Element> {
  const known = patterns.get(name);
  const pattern = known ?? new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)?(?:/>|>(.*?)</(?:\\w+:)?${name}>)`, "gs");
  patterns.set(name, pattern);
  for (const [, attributes = "", content = ""] of xml.matchAll(pattern)) yield { attributes, content };
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|[\\s:])${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : plain(value);
}

/** The text of a string, its runs joined; how it is pronounced is left out. */
function textIn(xml: string): string {
  const runs = elements(xml.replace(/<(?:\w+:)?rPh\b.*?<\/(?:\w+:)?rPh>/gs, ""), "t");
  return Array.from(runs, ({ content }) => plain(content)).join("");
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text without XML's references, and without those that Excel has for control characters. */
function plain(text: string): string {
  return text
    .replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name = "") => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return decimal === undefined ? (NAMED[name] ?? whole) : String.fromCodePoint(Number(decimal));
    })
    .replace(/_x([\dA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

type Dates = "date" | "time" | "both" | undefined;

/** What each style of a cell makes of a number. */
function datesOf(styles: string): Dates[] {
  const custom = new Map(
    Array.from(elements(styles, "numFmt"), ({ attributes }) => [
      Number(attribute(attributes, "numFmtId")),
      attribute(attributes, "formatCode") ?? "",
    ]),
  );
  const [formats] = elements(styles, "cellXfs");
  return Array.from(formats?.content.matchAll(/<(?:\w+:)?xf\b([^>]*)/g) ?? [], ([, attributes = ""]) => {
    const id = Number(attribute(attributes, "numFmtId"));
    const code = custom.get(id);
    if (code !== undefined) return datesIn(code);
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return "date";
    if (id === 22) return "both";
    return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 ? "time" : undefined;
  });
}

/** What a format such as "d mmm yyyy h:mm" shows of a moment; a span of hours, "[h]:mm", stays a number. */
function datesIn(code: string): Dates {
  if (/\[[hms]+\]/i.test(code)) return undefined;
  const letters = code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]|General/gi, "");
  const hasDays = /[dy]/i.test(letters) || /^[^hs]*m[^hs]*$/i.test(letters);
  const hasHours = /[hs]/i.test(letters);
  if (hasDays) return hasHours ? "both" : "date";
  return hasHours ? "time" : undefined;
}

/** Reads the text of a cell. */
function cellReader(strings: readonly string[], dates: readonly Dates[], epoch: number): (cell: Element) => string {
  return ({ attributes, content }) => {
    const type = attribute(attributes, "t") ?? "n";
    if (type === "inlineStr") return textIn(content);
    const [value] = elements(content, "v");
    if (!value || value.content === "") return "";
    if (type === "s") return strings[Number(value.content)] ?? "";
    if (type === "b") return value.content === "1" ? "true" : "false";
    if (type === "e") return value.content === "#N/A" ? value.content : "";
    if (type !== "n") return plain(value.content);
    const number = Number(value.content);
    const shown = dates[Number(attribute(attributes, "s") ?? 0)];
    return shown ? momentText(number, shown, epoch) : String(Number(number.toPrecision(DIGITS)));
  };
}

function momentText(serial: number, shown: Dates, epoch: number): string {
  // Excel's 1900 has a 29 February, so that days before it are counted one less.
  const days = epoch === FROM_1900 && serial >= 1 && serial < 60 ? serial + 1 : serial;
  const moment = new Date(epoch + Math.round(days * DAY));
  if (Number.isNaN(moment.getTime())) return String(serial);
  const text = moment.toISOString().replace(/(?:\.000)?Z$/, "");
  const at = text.indexOf("T");
  return shown === "date" ? text.slice(0, at) : shown === "time" ? text.slice(at + 1) : text;
}

/** The rows of a sheet as lines, blank ones for the rows that it does not have. */
function linesOf(sheet: string, read: (cell: Element) => string): string {
  const rows: string[][] = [];
  let width = 0;
  for (const { attributes, content } of elements(sheet, "row")) {
    const row = Math.min(Number(attribute(attributes, "r") ?? rows.length + 1), MOST_ROWS);
    const cells: string[] = [];
    for (const cell of elements(content, "c")) {
      const text = read(cell);
      const place = columnOf(attribute(cell.attributes, "r")) ?? cells.length;
      while (cells.length <= place) cells.push("");
      if (text !== "") cells[place] = `"${text.replaceAll('"', '""')}"`;
    }
    while (cells.at(-1) === "") cells.pop();
    width = Math.max(width, cells.length);
    while (rows.length < row - 1) rows.push([]);
    rows.push(cells);
  }
  return rows
    .map((cells) => (cells.length === 0 ? "" : [...cells, ...Array<string>(width - cells.length).fill("")].join()))
    .join("\n");
}

/** The place of the column in a reference such as "AB12", from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = reference?.match(/^[A-Z]{1,3}/)?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((place, letter) => 26 * place + letter.charCodeAt(0) - 64, 0) - 1;
}
