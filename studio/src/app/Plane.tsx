import { useEffect, useState } from "preact/hooks";
import { AdvancedSettings } from "../controls/AdvancedSettings.js";
import { LayerToggles } from "../controls/LayerToggles.js";
import { Transport } from "../controls/Transport.js";
import { DataChoice } from "../data/DataChoice.js";
import { Diagram } from "../diagram/Diagram.js";
import { Downloads } from "../download/Downloads.js";
import { dataName } from "../language/catalogues.js";
import { number, whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { Course } from "../lessons/index.js";
import { SIDES } from "../settings/settings.js";
import { Evidence } from "./Evidence.js";
import { Lede } from "./Lede.js";
import { Panel } from "./Panel.js";
import { SideView } from "./SideView.js";
import { Status } from "./Status.js";
import type { Studio } from "./studio.js";

export interface PlaneProps {
  readonly studio: Studio;
  readonly course: Course;
}

const PANELS = ["data", "advanced", "save"] as const;
type PanelName = (typeof PANELS)[number];

/** Two runs side by side, with one clock. */
export function Plane({ studio, course }: PlaneProps) {
  const [open, setOpen] = useState<PanelName | null>(null);
  const place = course.place.value;
  // A lesson must not speak of what something else lies over.
  useEffect(() => setOpen(null), [place]);
  const words = panelTitles();
  const isDiagram = studio.diagram.value;
  return (
    <div class={open ? "plane opened" : "plane"}>
      <div class="bar">
        <Transport studio={studio} />
        <p class="clock">
          {text().app.iteration}{" "}
          <b>{whole(Math.max(...SIDES.map((side) => studio.film.shown[side].value?.iteration ?? 0)))}</b>
          <Rate perSecond={studio.session.perSecond.value} />
        </p>
        <div class="bar-more">
          <div class="panels">
            {PANELS.map((panel) => (
              <button
                key={panel}
                type="button"
                aria-expanded={open === panel}
                aria-controls={open === panel ? "settings" : undefined}
                onClick={() => setOpen(open === panel ? null : panel)}
              >
                {words[panel]}
                {panel === "data" && <span class="chosen">{dataName(studio.settings.value.data)}</span>}
              </button>
            ))}
          </div>
          <button type="button" aria-pressed={isDiagram} onClick={studio.toggleDiagram}>
            {text().diagram.title}
          </button>
        </div>
        <Status studio={studio} />
      </div>
      {open && (
        <Panel key={open} title={words[open]} onClose={() => setOpen(null)}>
          {open === "data" && (
            <section>
              <DataChoice studio={studio} />
            </section>
          )}
          {open === "advanced" && <AdvancedSettings studio={studio} />}
          {open === "save" && <Downloads studio={studio} />}
        </Panel>
      )}
      <main id="main" tabIndex={-1}>
        <Lede settings={studio.settings.value} />
        {isDiagram ? (
          <Diagram studio={studio} />
        ) : (
          <div class="stage" data-evidence>
            <div class="sides">
              {SIDES.map((side) => (
                <SideView key={side} studio={studio} side={side} />
              ))}
            </div>
            <LayerToggles studio={studio} />
            <Evidence studio={studio} />
          </div>
        )}
      </main>
    </div>
  );
}

function panelTitles(): Readonly<Record<PanelName, string>> {
  const { data, controls, download } = text();
  return { data: data.title, advanced: controls.advanced, save: download.title };
}

/** Of both sides together, as the clock goes. */
function Rate({ perSecond }: { readonly perSecond: number }) {
  const { app } = text();
  if (perSecond === 0) return null;
  const rate = number(perSecond, 2);
  return (
    <span class="rate">
      <span aria-hidden="true">{app.rate(rate)}</span>
      <span class="spoken">{app.spokenRate(rate)}</span>
    </span>
  );
}
