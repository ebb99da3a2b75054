import { type SettingValue, valueText } from "../../sweeps/settingChoice.js";
import { evenTicks, extent, formatTick, logAxis } from "../drawing/scale.js";

/** An axis of a setting or a figure: where on it, from 0 to 1, values lie. */
export interface PlacedAxis {
  readonly label: string;
  /** `null` where there is no such value on it. */
  place(value: SettingValue | undefined): number | null;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly isLogarithmic: boolean;
}

/** Numbers that span this factor are drawn by their logarithms. */
const DECADE = 10;
/** So many values are ticks themselves. */
const FEW = 6;
/** Two ticks that are nearer to each other would overlap. */
const NEAREST = 0.07;

/** The axis of some values of a setting: of numbers where all are, else a place for each. */
export function axisOf(label: string, values: readonly SettingValue[]): PlacedAxis {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? numbersAxis(label, numbers) : choicesAxis(label, values);
}

/** The axis of numbers, logarithmic where they are above 0 and span a factor of 10. */
export function numbersAxis(label: string, numbers: readonly number[]): PlacedAxis {
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  const [low, high] = extent(distinct);
  const isLogarithmic = low > 0 && high / low >= DECADE;
  const scaled = (value: number) => (isLogarithmic ? Math.log(value) : value);
  const place = (value: number) => (high > low ? (scaled(value) - scaled(low)) / (scaled(high) - scaled(low)) : 0.5);
  const round = isLogarithmic ? logAxis(distinct) : undefined;
  const within = (value: number) => value >= low && value <= high;
  const powers = [...((round?.ticks as number[] | undefined) ?? [])].filter(within).sort((a, b) => a - b);
  const usual = powers.length >= 2 ? powers : [low, ...powers, high];
  const marked = distinct.length <= FEW ? distinct : isLogarithmic ? usual : evenTicks([low, high]);
  return {
    label,
    isLogarithmic,
    place: (value) => (typeof value === "number" && within(value) ? place(value) : null),
    ticks: apart(marked.map((value) => ({ at: place(value), text: tickText(value) }))),
  };
}

function choicesAxis(label: string, values: readonly SettingValue[]): PlacedAxis {
  const names = [...new Set(values.map(valueText))];
  const place = (name: string) => (names.length > 1 ? names.indexOf(name) / (names.length - 1) : 0.5);
  return {
    label,
    isLogarithmic: false,
    place: (value) => (value !== undefined && names.includes(valueText(value)) ? place(valueText(value)) : null),
    ticks: names.map((name) => ({ at: place(name), text: name })),
  };
}

/** Ticks from which those are left out that the one before would overlap. */
function apart(ticks: PlacedAxis["ticks"]): PlacedAxis["ticks"] {
  let last = Number.NEGATIVE_INFINITY;
  return ticks.filter(({ at }) => {
    if (at - last < NEAREST) return false;
    last = at;
    return true;
  });
}

function tickText(value: number): string {
  return Math.abs(value) >= 1e-4 || value === 0 ? formatTick(value) : value.toExponential();
}
