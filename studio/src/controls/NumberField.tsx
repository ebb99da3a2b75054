import { useEffect, useId, useState } from "preact/hooks";
import { text } from "../language/index.js";
import { Explain, type Term } from "../lessons/index.js";
import type { NumberRange } from "../settings/ranges.js";

export interface NumberFieldProps {
  readonly range: NumberRange;
  readonly fits: (value: number) => boolean;
  readonly label: string;
  /** Spoken instead of the label, where that says too little by itself. */
  readonly spoken?: string;
  readonly unit: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** What the label explains. */
  readonly term?: Term | undefined;
}

/** A number within its range, which is told while it is edited; another one is refused with a sentence and stands there until it is mended, and the setting stays as it is. */
export function NumberField({
  range: { min, max, whole },
  fits,
  label,
  spoken,
  unit,
  value,
  onChange,
  term,
}: NumberFieldProps) {
  const id = useId();
  const words = text().controls;
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => setRefused(null), [value]);
  const range = words.range(bound(min), bound(max), unit);
  return (
    <div class="field">
      {term ? <Explain term={term}>{label}</Explain> : <label for={id}>{label}</label>}
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={whole ? 1 : "any"}
        value={refused ?? value}
        aria-label={spoken ?? label}
        aria-invalid={refused !== null}
        aria-describedby={`${id}-range`}
        onChange={({ currentTarget }) => {
          const given = currentTarget.value.trim() === "" ? Number.NaN : currentTarget.valueAsNumber;
          const isFit = fits(given);
          setRefused(isFit ? null : currentTarget.value);
          if (isFit) onChange(given);
        }}
      />
      <small id={`${id}-range`} class={refused === null ? "" : "refused"} role={refused === null ? undefined : "alert"}>
        {refused !== null ? (whole ? words.invalidWhole(range) : words.invalid(range)) : range}
      </small>
    </div>
  );
}

function bound(value: number): string {
  return String(value).replace("Infinity", "∞");
}
