import { pairingByName } from "../../../src/game/pairings.js";
import { capitalised } from "../../../src/quoting.js";
import type { RunConfig } from "../../../src/runs/config.js";
import { number } from "../language/format.js";
import { text } from "../language/index.js";
import { spokenOf } from "../language/opponents.js";
import { opponentOf } from "../settings/opponent.js";

/** What a run was set to. */
export function RunSettings({ settings }: { readonly settings: RunConfig }) {
  const words = text().runs.settings;
  const opponent = text().app.opponents[opponentOf({ loss: pairingByName(settings.loss).loss.name })];
  const names = Object.keys(settings) as (keyof RunConfig)[];
  return (
    <details class="run-settings">
      <summary>{words.title}</summary>
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dt>{capitalised(spokenOf(words[name], opponent))}</dt>
            <dd>{inWords(settings[name])}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function inWords(value: RunConfig[keyof RunConfig]): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : number(value, 4);
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return text().runs.settings[value ? "yes" : "no"];
  return text().runs.settings.steps(String(value.criticSteps), String(value.iterations));
}
