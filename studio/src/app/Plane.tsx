import { useState } from "preact/hooks";
import { EvaluationCharts, TimeControls } from "../charts/index.js";
import { LayerToggles } from "../controls/LayerToggles.js";
import { pairingTitle } from "../controls/pairingTitle.js";
import { SettingsPanel } from "../controls/SettingsPanel.js";
import { Transport } from "../controls/Transport.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { SIDES, type Side } from "../settings/settings.js";
import type { Walk } from "../tour/index.js";
import { Icon } from "./Icons.js";
import { SideView } from "./SideView.js";
import { Status } from "./Status.js";
import type { Studio } from "./studio.js";

export interface PlaneProps {
  readonly studio: Studio;
  readonly walk: Walk;
}

/** Two runs side by side, with one clock. */
export function Plane({ studio, walk }: PlaneProps) {
  const { app, controls } = text();
  const [opened, setOpened] = useState(false);
  const target = walk.place.value?.step.target;
  // Where there is little room the settings are folded away, and the tour must not point at what is not seen.
  const open = opened || target === "data";
  return (
    <div class="plane">
      <div class="bar">
        <Transport studio={studio} />
        <p class="clock">
          {app.iteration} <b>{whole(studio.seen().iteration)}</b>
        </p>
        <button
          type="button"
          class="action settings-toggle"
          aria-expanded={open}
          aria-controls="settings"
          onClick={() => setOpened(!open)}
        >
          <Icon name="settings" />
          <span>{controls.settings}</span>
        </button>
        <Status studio={studio} />
      </div>
      <aside id="settings" class={open ? "open" : ""} aria-label={controls.settings}>
        <SettingsPanel studio={studio} />
      </aside>
      <main id="main" tabIndex={-1}>
        <LayerToggles studio={studio} />
        <div class="sides">
          {SIDES.map((side) => (
            <SideView key={side} studio={studio} side={side} />
          ))}
        </div>
        <Charts studio={studio} />
      </main>
    </div>
  );
}

function Charts({ studio }: { readonly studio: Studio }) {
  const { app, charts } = text();
  const { session, settings, time } = studio;
  const modesTotal = studio.scene.value?.modes?.length ?? null;
  const evaluationsOf = (side: Side) => session.sides[side].evaluations.value;
  return (
    <section class="all-charts" data-tour="charts">
      <div class="all-charts-head">
        <p class="note">{charts.hint}</p>
        <TimeControls time={time} whole={studio.span.value} />
      </div>
      <div class="sides">
        {SIDES.map((side) => (
          <EvaluationCharts
            key={side}
            label={app.sideOf(app.sides[side], pairingTitle(settings.value[side]))}
            evaluations={evaluationsOf(side)}
            beside={evaluationsOf(side === "left" ? "right" : "left")}
            modesTotal={modesTotal}
            time={time}
          />
        ))}
      </div>
    </section>
  );
}
