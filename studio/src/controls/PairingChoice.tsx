import type { Studio } from "../app/studio.js";
import { text } from "../language/index.js";
import { pairingDoubt } from "../settings/pairing.js";
import { CONSTRAINTS, LOSSES, type Side, type SideSettings } from "../settings/settings.js";
import { Explain } from "../tour/index.js";
import { CONSTRAINT_TERMS, LOSS_TERMS } from "./terms.js";

/** The loss of a side and how its critic is held 1-Lipschitz. */
export function PairingChoice({ studio, side }: { readonly studio: Studio; readonly side: Side }) {
  const { app, controls, glossary } = text();
  const chosen = studio.settings.value[side];
  const doubt = pairingDoubt(chosen);
  const change = (part: Partial<SideSettings>) => studio.apply({ [side]: { ...chosen, ...part } });
  return (
    <div class="pairing" data-tour={`side-${side}`}>
      <h2>{app.sides[side]}</h2>
      <div class="choice">
        <select
          aria-label={app.sideOf(app.sides[side], controls.loss)}
          value={chosen.loss}
          onChange={({ currentTarget }) => change({ loss: currentTarget.value as SideSettings["loss"] })}
        >
          {LOSSES.map((loss) => (
            <option key={loss} value={loss}>
              {glossary.terms[LOSS_TERMS[loss]].what}
            </option>
          ))}
        </select>
        <Explain term={LOSS_TERMS[chosen.loss]} />
      </div>
      <div class="choice">
        <select
          aria-label={app.sideOf(app.sides[side], controls.constraint)}
          value={chosen.constraint}
          onChange={({ currentTarget }) => change({ constraint: currentTarget.value as SideSettings["constraint"] })}
        >
          {CONSTRAINTS.map((constraint) => (
            <option key={constraint} value={constraint}>
              {constraint === "none" ? controls.noConstraint : glossary.terms[CONSTRAINT_TERMS[constraint]].what}
            </option>
          ))}
        </select>
        <Explain term={CONSTRAINT_TERMS[chosen.constraint]} />
      </div>
      {doubt && <p class="doubt">{controls.doubts[doubt]}</p>}
    </div>
  );
}
