import type { Studio } from "../app/studio.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { iterationOf } from "./film.js";
import "./scrubber.css";

/** Rewinds pictures, figures and charts together, while the runs stand or go on. */
export function Scrubber({ studio: { film, time } }: { readonly studio: Studio }) {
  const words = text().charts.scrubber;
  const frames = film.frames.value;
  const [first, newest] = [frames[0], frames.at(-1)].map((frame) => (frame ? iterationOf(frame) : 0)) as [
    number,
    number,
  ];
  const at = time.past.value;
  const rewound = at !== null;
  const place = words.place(whole(at ?? newest), whole(newest));
  return (
    <div class="scrubber">
      <label>
        <span>{words.label}</span>
        <input
          type="range"
          min={first}
          max={Math.max(newest, first + 1)}
          step={1}
          value={at ?? newest}
          disabled={newest === first}
          aria-valuetext={place}
          onInput={({ currentTarget: { valueAsNumber } }) => {
            time.past.value = valueAsNumber >= newest ? null : valueAsNumber;
          }}
        />
      </label>
      <button
        type="button"
        disabled={!rewound}
        onClick={() => {
          time.past.value = null;
        }}
      >
        {words.now}
      </button>
      {rewound && (
        <p class="note">
          {place}. {words.rewound}
        </p>
      )}
    </div>
  );
}
