import { constraints } from "../../../src/lipschitz/index.js";
import { losses } from "../../../src/losses/index.js";
import { wordsOf } from "../language/catalogues.js";
import { text } from "../language/index.js";
import { ExplainEntry, Formula, gameTex } from "../lessons/index.js";
import { opponentOf } from "../settings/opponent.js";
import type { SideSettings } from "../settings/settings.js";

/** The game of a side: who the generator's opponent is, what it answers with, and what both pull at. */
export function Game({ side }: { readonly side: SideSettings }) {
  const { app } = text();
  const [loss, constraint] = [losses.get(side.loss), constraints.get(side.constraint)];
  const opponent = opponentOf(side);
  const { what, formula = what } = wordsOf("losses", loss);
  const isHeld = loss.estimatesDistance && constraint.slope === "one";
  const isPlain = constraint.name === "none" && !loss.estimatesDistance;
  return (
    <div class="game">
      <ul>
        <li>
          <ExplainEntry kind="losses" entry={loss}>
            <b>{app.opponents[opponent]}</b>
          </ExplainEntry>
        </li>
        <li>{app.answers[opponent]}</li>
        {!isPlain && (
          <li>
            <ExplainEntry kind="constraints" entry={constraint}>
              {isHeld ? app.lipschitz : wordsOf("constraints", constraint).what}
            </ExplainEntry>
          </li>
        )}
      </ul>
      <Formula tex={gameTex(side)} label={formula} />
    </div>
  );
}
