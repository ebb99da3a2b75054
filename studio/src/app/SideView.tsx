import { useCallback, useEffect, useMemo } from "preact/hooks";
import { MarkSwatch } from "../charts/index.js";
import { PairingChoice } from "../controls/PairingChoice.js";
import { pairingTitle } from "../controls/pairingTitle.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { type OpponentWords, spokenOf } from "../language/opponents.js";
import { Remark } from "../lessons/index.js";
import { SceneView } from "../scene/index.js";
import { sideLooks } from "../settings/looks.js";
import { opponentOf } from "../settings/opponent.js";
import { SIDES, type Side } from "../settings/settings.js";
import { Game } from "./Game.js";
import { Hero } from "./Hero.js";
import type { Studio } from "./studio.js";

/** One side: what it trains with, its game, its picture, its figure and what is to be said of it. */
export function SideView({ studio, side }: { readonly studio: Studio; readonly side: Side }) {
  const { app } = text();
  const { session, scene } = studio;
  const settings = studio.settings.value[side];
  const look = sideLooks(studio.settings.value)[side];
  const shown = scene.value;
  const modes = shown?.modes?.length ?? null;
  const { evaluations, diverged } = session.sides[side];
  const frame = studio.film.shown[side];
  const past = studio.time.past.value;
  const label = app.sideOf(app.sides[side], pairingTitle(settings));
  // Both frames come at once, so that one side can speak for both.
  const drawn = useCallback(() => side === "right" && session.drawn(), [side, session]);
  const rewound = past !== null;
  const newest = session.sides[side].frame.value;
  // A frame that is not shown, since an earlier one is, is done with at once: the next one comes only then.
  useEffect(() => {
    if (!rewound) return;
    const request = requestAnimationFrame(drawn);
    return () => cancelAnimationFrame(request);
  }, [rewound, newest, drawn]);
  const ended = diverged.value;
  const run = useMemo(() => {
    const known = evaluations.value.filter(({ iteration }) => past === null || iteration <= past);
    return { settings, evaluations: known, modes };
  }, [settings, evaluations.value, modes, past]);
  return (
    <section class="side" data-side={side} aria-label={label}>
      <div class="side-head">
        <p class="side-name">
          <MarkSwatch {...look} />
          {label}
        </p>
        <PairingChoice studio={studio} side={side} />
        <Game side={settings} />
      </div>
      <div class="picture" data-target={`scene-${side}`} aria-busy={frame.value === null}>
        {shown ? (
          <SceneView
            scene={shown}
            frame={frame.value}
            layers={studio.layers.value}
            label={label}
            look={look}
            interpolation={studio.interpolation.value?.[side] ?? null}
            onDrawn={drawn}
          />
        ) : (
          <div class="picture-awaited" />
        )}
      </div>
      <div class="side-foot">
        <Hero evaluations={run.evaluations} modes={modes} />
        {ended ? (
          <p class="ended" role="alert">
            {app.diverged(whole(ended.iteration), termName(ended.term, app.opponents[opponentOf(settings)]))}{" "}
            {SIDES.some((other) => session.sides[other].diverged.value === null) && app.otherGoesOn}
          </p>
        ) : (
          <Remark run={run} />
        )}
      </div>
    </section>
  );
}

function termName(term: string, opponent: string): string {
  const { app } = text();
  const names: Readonly<Record<string, OpponentWords>> = app.terms;
  const [, tensor] = /^tensor (.+)$/.exec(term) ?? [];
  return tensor ? app.tensor(tensor) : spokenOf(names[term] ?? term, opponent);
}
