import { useCallback, useMemo } from "preact/hooks";
import { PairingChoice } from "../controls/PairingChoice.js";
import { pairingTitle } from "../controls/pairingTitle.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { SceneView } from "../scene/index.js";
import { SIDES, type Side } from "../settings/settings.js";
import { Remark } from "../tour/index.js";
import { Readouts } from "./Readouts.js";
import type { Studio } from "./studio.js";

/** One side: what it trains with, its picture, its figures and what is to be said of them. */
export function SideView({ studio, side }: { readonly studio: Studio; readonly side: Side }) {
  const { app } = text();
  const { session, scene } = studio;
  const settings = studio.settings.value[side];
  const shown = scene.value;
  const { frame, evaluations, diverged } = session.sides[side];
  const label = app.sideOf(app.sides[side], pairingTitle(settings));
  // Both frames come at once, so that one side can speak for both.
  const drawn = useCallback(() => side === "right" && session.drawn(), [side, session]);
  const ended = diverged.value;
  const run = useMemo(
    () => ({ settings, evaluations: evaluations.value, modes: shown?.modes?.length ?? null }),
    [settings, evaluations.value, shown],
  );
  return (
    <section class="side" data-side={side} aria-label={label}>
      <PairingChoice studio={studio} side={side} />
      <div class="picture" data-tour={`scene-${side}`} aria-busy={frame.value === null}>
        {shown ? (
          <SceneView
            scene={shown}
            frame={frame.value}
            layers={studio.layers.value}
            label={label}
            interpolation={studio.interpolation.value?.[side] ?? null}
            onDrawn={drawn}
          />
        ) : (
          <div class="picture-awaited" />
        )}
      </div>
      <Readouts side={session.sides[side]} modes={shown?.modes?.length ?? null} />
      {ended ? (
        <p class="ended" role="alert">
          {app.diverged(whole(ended.iteration), termName(ended.term))}{" "}
          {SIDES.some((other) => session.sides[other].diverged.value === null) && app.otherGoesOn}
        </p>
      ) : (
        <Remark run={run} />
      )}
    </section>
  );
}

function termName(term: string): string {
  const { app } = text();
  const names: Readonly<Record<string, string>> = app.terms;
  const [, tensor] = /^tensor (.+)$/.exec(term) ?? [];
  return tensor ? app.tensor(tensor) : (names[term] ?? term);
}
