import { modesCaptured } from "../../../src/metrics/coverage.js";
import { emd } from "../../../src/metrics/exactDistances.js";
import { number, whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { SideView } from "../session/client.js";

/** The figure that says most of a side: the modes that it has captured where they are known, or else how far it is from the data. */
export function Hero({ side, modes }: { readonly side: SideView; readonly modes: number | null }) {
  const { app } = text();
  const last = side.evaluations.value.at(-1);
  const value = last ? (modes === null ? emd : modesCaptured).of(last) : null;
  const figure = value === null ? "–" : modes === null ? number(value, 3) : app.of(whole(value), whole(modes));
  return (
    <p class="hero">
      <b>{figure}</b> <span>{modes === null ? app.hero.distance : app.hero.modes}</span>
    </p>
  );
}
