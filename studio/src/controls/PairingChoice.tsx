import { constraints } from "../../../src/lipschitz/index.js";
import { losses } from "../../../src/losses/index.js";
import type { Studio } from "../app/studio.js";
import { MarkSwatch } from "../charts/index.js";
import { wordsOf } from "../language/catalogues.js";
import { text } from "../language/index.js";
import { sideLooks } from "../settings/looks.js";
import { pairingDoubt } from "../settings/pairing.js";
import type { Side, SideSettings } from "../settings/settings.js";

/** The loss of a side and how its opponent is held 1-Lipschitz. */
export function PairingChoice({ studio, side }: { readonly studio: Studio; readonly side: Side }) {
  const { app, controls } = text();
  const chosen = studio.settings.value[side];
  const doubt = pairingDoubt(chosen);
  const change = (part: Partial<SideSettings>) => studio.apply({ [side]: { ...chosen, ...part } });
  return (
    <div class="pairing">
      <h2>
        <MarkSwatch {...sideLooks(studio.settings.value)[side]} />
        <span class="spoken">{app.sides[side]}</span>
      </h2>
      <select
        aria-label={app.sideOf(app.sides[side], controls.loss)}
        value={chosen.loss}
        onChange={({ currentTarget }) => change({ loss: currentTarget.value })}
      >
        {losses.entries.map((entry) => (
          <option key={entry.name} value={entry.name}>
            {wordsOf("losses", entry).what}
          </option>
        ))}
      </select>
      <select
        aria-label={app.sideOf(app.sides[side], controls.constraint)}
        value={chosen.constraint}
        onChange={({ currentTarget }) => change({ constraint: currentTarget.value })}
      >
        {constraints.entries.map((entry) => (
          <option key={entry.name} value={entry.name}>
            {wordsOf("constraints", entry).what}
          </option>
        ))}
      </select>
      {doubt && <p class="doubt">{controls.doubts[doubt]}</p>}
    </div>
  );
}
