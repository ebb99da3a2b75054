import type { ColumnSchema, MomentFormat } from "./schema.js";
import { kindOf } from "./types/catalogue.js";

const SECONDS = [3600, 60, 1];
const MILLISECONDS_PER_DAY = 86_400_000;
const ISO_MOMENT = /^(\d{4}-\d\d-\d\d)(?:([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/;
const ISO_TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$/;

/**
 * The number that a text means in a column of numbers, days or times: written as the column is, zeros before days and months left out or
 * not, or, of days and times, as ISO 8601. `undefined` where the text means none.
 */
export function readValue(column: ColumnSchema, text: string): number | undefined {
  const forms = "formats" in column ? [column, { ...column, formats: column.formats.map(withoutZeros) }] : [column];
  const written = forms.map((form) => kindOf(form).parse(form)(text)).find(Number.isFinite);
  return written ?? (column.type === "time" ? isoTime(text) : isoMoment(column, text));
}

/** The format with numbers of as many digits as they need: "d.M.yyyy" for "dd.MM.yyyy". */
function withoutZeros(format: MomentFormat): MomentFormat {
  return {
    ...format,
    pattern: format.pattern.replace(/([dMHh])\1*/g, (run, letter) => (run.length === 2 ? letter : run)),
  };
}

function isoTime(text: string): number | undefined {
  const [found, ...parts] = ISO_TIME.exec(text) ?? [];
  if (found === undefined) return undefined;
  return parts.reduce((sum, part, place) => sum + Number(part ?? 0) * (SECONDS[place] ?? 0), 0);
}

function isoMoment({ type }: ColumnSchema, text: string): number | undefined {
  const [, day, time = "T00:00", zone = "Z"] = ISO_MOMENT.exec(text) ?? [];
  if (day === undefined || (type !== "timestamp" && (type !== "date" || text !== day))) return undefined;
  const midnight = Date.parse(`${day}T00:00Z`);
  // A day that a month does not have is counted on into the next.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  const moment = Date.parse(`${day}${time.replace(" ", "T")}${zone}`);
  if (Number.isNaN(moment)) return undefined;
  return type === "date" ? midnight / MILLISECONDS_PER_DAY : moment;
}
