import { modesCaptured } from "../../../src/metrics/coverage.js";
import { emd } from "../../../src/metrics/exactDistances.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { number, whole } from "../language/format.js";
import { text } from "../language/index.js";
import { Explain } from "../lessons/index.js";

export interface HeroProps {
  readonly evaluations: readonly Evaluation[];
  /** How many the data have, `null` where that is not known. */
  readonly modes: number | null;
}

/** The figure that says most of a side: the modes that it has captured where they are known, or else how far it is from the data. */
export function Hero({ evaluations, modes }: HeroProps) {
  const { app } = text();
  const last = evaluations.at(-1);
  const value = last ? (modes === null ? emd : modesCaptured).of(last) : null;
  const figure = value === null ? "–" : modes === null ? number(value, 3) : app.of(whole(value), whole(modes));
  return (
    <p class="hero">
      <b>{figure}</b>{" "}
      <Explain term={modes === null ? "distance" : "modes"}>
        {modes === null ? app.hero.distance : app.hero.modes}
      </Explain>
    </p>
  );
}
