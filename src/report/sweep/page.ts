import { uncapitalised } from "../../quoting.js";
import { optionOf } from "../../settings.js";
import { type SettingValue, valueText } from "../../sweeps/settingChoice.js";
import { formatCount, formatFigure } from "../format.js";
import { lookOf } from "../looks.js";
import { documentOf } from "../page/document.js";
import { exactly } from "../page/figureOf.js";
import { type Html, html, raw } from "../page/html.js";
import { nameOf } from "../page/names.js";
import { picture } from "../page/picture.js";
import { style } from "../page/style.js";
import { mixed } from "./goodness.js";
import { longerCommand } from "./longerCommand.js";
import { parallelCoordinates } from "./parallelCoordinates.js";
import { type RankedSetting, spreadIn } from "./ranking.js";
import { settingScatter } from "./settingScatter.js";
import { settingText } from "./settingText.js";
import type { SweepStanding } from "./sweepResults.js";

/** Settings of the first table; the others are behind a line to click. */
const FIRST = 10;

const sweepStyle = `
.parallel { max-width: none; overflow-x: auto; }
.parallel > svg { min-width: 720px; }
.scale { display: inline-block; width: 6em; height: 0.7em; border-radius: 2px; margin: 0 0.4em; background: linear-gradient(to right, ${mixed(0)}, ${mixed(0.5)}, ${mixed(1)}); }
pre { background: var(--raised); padding: 14px 18px; border-radius: 3px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.settings tbody tr:first-child { font-weight: 600; }
.settings { white-space: nowrap; }
.longer { margin: 28px 0 12px; }
`;

/** A sweep as one HTML file that needs no other. */
export function sweepPage(standing: SweepStanding): string {
  const { plan, ended, by, ranked, shown } = standing;
  const [best] = ranked;
  const seeds = Math.max(...ranked.map((one) => one.ended.length + one.missing));
  const diverged = ranked.reduce((sum, one) => sum + one.diverged, 0);
  const open = plan.runs.length - ended.length;
  const title = best && by ? settingText(best) : "No run has ended yet";
  const figure = by ? parallelCoordinates(ranked, severalOf(standing), shown) : undefined;
  return documentOf(
    `Sweep on ${plan.data.name}`,
    style + sweepStyle,
    html`<header>
  <p class="kicker">Monge · sweep on ${plan.data.name}</p>
  <h1>${title}</h1>
  <p class="lead">${by && best ? html`Of ${formatCount(ranked.length)} settings${seeds > 1 ? `, each trained with ${seeds} seeds,` : ""} this has the best ${by.label}: <b>${figureIn(best, by)}</b>. ${by.summary} ${wayOf(by.better)}` : ""}
  ${open > 0 && html`<span class="warning">${formatCount(open)} of ${formatCount(plan.runs.length)} runs have not ended yet.</span> `}${diverged > 0 && html`<span class="warning">${formatCount(diverged)} of ${formatCount(ended.length)} runs diverged.</span>`}</p>
</header>
<section>
  <h2>The best settings</h2>
  <p class="caption">Means over the seeds ± standard errors, of the last evaluation of each run. Runs that diverged are in no mean, and a setting that has one comes after all that have none.</p>
  ${settingsTable(standing, ranked.slice(0, FIRST))}
  ${ranked.length > FIRST && html`<details><summary>The other ${formatCount(ranked.length - FIRST)}</summary>${settingsTable(standing, ranked.slice(FIRST))}</details>`}
  ${best !== undefined && by !== undefined && html`<p class="caption longer">Train the best one longer:</p><pre><code>${longerCommand(plan, best)}</code></pre>`}
</section>
${
  figure && by
    ? html`<section>
  <h2>From settings to figures</h2>
  <p class="caption">A line is a setting, from what was chosen on the left to what came of it on the right; on the axes of figures better is higher. Its colour is its ${by.label}: best<span class="scale"></span>worst. The thick line is the best.</p>
  <figure class="parallel">${picture(figure, `Parallel coordinates of ${ranked.length} settings and their figures, coloured by ${by.label}. Best: ${title}.`)}</figure>
</section>`
    : html``
}
${scatterSection(standing)}
<footer>Made by Monge: <code>monge sweep show ${standing.directory}</code> writes this page anew.</footer>`,
  );
}

function scatterSection(standing: SweepStanding): Html {
  const { ranked, by } = standing;
  if (!by) return html``;
  const losses = new Set(ranked.map(({ loss }) => loss));
  const all: readonly { readonly name: string; readonly of: (one: RankedSetting) => SettingValue | undefined }[] = [
    ...(losses.size > 1 ? [{ name: "loss", of: ({ loss }: RankedSetting) => loss }] : []),
    ...severalOf(standing).map((name) => ({ name, of: ({ settings }: RankedSetting) => settings[name] })),
  ];
  const figures = all.flatMap(({ name, of }) => {
    const drawing = settingScatter(name, ranked, by, of);
    return drawing ? [{ name, drawing }] : [];
  });
  if (figures.length === 0) return html``;
  return html`<section>
  <h2>What each setting does</h2>
  <p class="caption">A dot is a run; the line goes through the mean of each value. All other settings vary too, so that runs over one value differ. A cross at the upper edge is a run that diverged.</p>
  <div class="row wide">${figures.map(({ name, drawing }) => html`<figure><figcaption><b>${optionOf(name)}</b></figcaption>${picture(drawing, `${by.label} of each run over ${optionOf(name)}.`)}</figure>`)}</div>
</section>`;
}

/** The settings that have several values. */
function severalOf({ plan, ranked }: SweepStanding): readonly string[] {
  return plan.varied.filter((name) => new Set(ranked.map(({ settings }) => textOf(settings[name]))).size > 1);
}

function settingsTable({ plan, shown, ranked }: SweepStanding, rows: readonly RankedSetting[]): Html {
  const seeded = ranked.some((one) => one.ended.length + one.missing > 1);
  return html`<div class="scroll"><table class="settings">
    <thead><tr><th scope="col">Loss</th>${plan.varied.map((name) => html`<th scope="col">${optionOf(name)}</th>`)}${seeded && html`<th scope="col">Seeds</th>`}${shown.map(({ label, unit }) => html`<th scope="col">${label}${unit !== undefined && html`<br><small>${unit}</small>`}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (one) =>
        html`<tr><th scope="row">${nameOf(lookOf(one.loss))}</th>${plan.varied.map((name) => html`<td>${textOf(one.settings[name])}</td>`)}${seeded && html`<td>${seedsOf(one)}</td>`}${shown.map((metric) => html`<td>${figureIn(one, metric)}</td>`)}</tr>`,
    )}</tbody>
  </table></div>`;
}

function textOf(value: SettingValue | undefined): string {
  return value === undefined ? "–" : valueText(value);
}

function seedsOf({ ended, missing, diverged }: RankedSetting): Html {
  const count = missing > 0 ? `${ended.length} of ${ended.length + missing}` : `${ended.length}`;
  return html`${count}${diverged > 0 && html` <span class="warning">${diverged} diverged</span>`}`;
}

function figureIn(one: RankedSetting, metric: SweepStanding["shown"][number]): Html {
  const spread = spreadIn(one, metric);
  if (!spread) return raw("–");
  const { outOf } = metric.notation;
  const total = outOf === undefined ? null : (spreadIn(one, { name: outOf })?.mean ?? null);
  return exactly(spread.mean, formatFigure(spread, metric.notation, total));
}

function wayOf(better: NonNullable<SweepStanding["by"]>["better"]): string {
  if (typeof better === "object") return `Near ${better.near} is better.`;
  return better === "none" ? "" : `${uncapitalised(better) === "lower" ? "Lower" : "Higher"} is better.`;
}
