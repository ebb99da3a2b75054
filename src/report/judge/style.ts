import { REAL } from "../drawing/drawing.js";

/** What the judge's page has beside the style of every report. */
export const judgeStyle = `
:root { --real: ${REAL}; --synthetic: #0b76c5; --link: #0b5c9a; --mark: #ffe8a3; --alarm: #fdecea; }
@media (prefers-color-scheme: dark) { :root { --synthetic: #3f9ce3; --link: #7cc0f5; --mark: #5a4708; --alarm: #3a1a17; } }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
* { overflow-wrap: anywhere; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
h3 { font-size: 1.05rem; line-height: 1.3; margin: 32px 0 6px; }
.alarm { display: inline-block; background: var(--alarm); color: var(--warning); font-weight: 600; padding: 8px 14px; border-radius: 3px; }
.lead .mark { position: static; margin: 0 0.1em 0 0.2em; vertical-align: -0.1em; }
.tiles.scores { list-style: none; margin: 32px 0 36px; padding: 0; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
.scores .tile { --color: var(--synthetic); display: flex; flex-direction: column; }
.scores h2 { font-size: 1.05rem; margin: 0; letter-spacing: 0; }
.scores h2 a { text-decoration: none; }
.scores h2 a:hover { text-decoration: underline; }
.scores .big { font-size: 2.1rem; margin: 0 0 4px; font-variant-numeric: tabular-nums; }
.scores .none { color: var(--muted); }
.level { display: flex; align-items: center; gap: 0.5em; margin: auto 0 0; padding-top: 10px; font-weight: 600; }
.pie {
  width: 1em; height: 1em; border-radius: 50%; border: 2px solid currentColor; flex: none;
  background: conic-gradient(currentColor calc(var(--share) * 360deg), transparent 0);
}
.findings li, .findings li:first-child { font-size: 1rem; line-height: 1.5; }
.notes { max-width: 52em; }
.part { color: var(--muted); font-weight: 400; }
.part::after { content: " "; white-space: pre; }
.answer { font-size: 1.15rem; line-height: 1.45; max-width: 46em; }
.caption { margin-bottom: 14px; }
.advice { background: var(--raised); border-left: 3px solid var(--rule); padding: 10px 16px; margin: 28px 0 0; max-width: 48em; }

.gauge { position: relative; height: 32px; margin: 8px 8px 6px; }
.gauge::before { content: ""; position: absolute; inset: 6px -6px auto; height: 4px; border-radius: 2px; background: var(--rule); }
.mark { position: absolute; display: inline-block; font-style: normal; }
.gauge .mark { left: calc(var(--at) * 100%); top: 23px; transform: translate(-50%, -50%); }
.gauge .mark.synthetic { top: 8px; }
.mark.synthetic { width: 14px; height: 14px; border-radius: 50%; background: var(--synthetic); box-shadow: 0 0 0 2px var(--raised); }
.mark.real { width: 4px; height: 15px; background: var(--ink); }
.mark.independent { width: 11px; height: 11px; border: 2px solid var(--muted); }
.gauge .mark.independent { transform: translate(-50%, -50%) rotate(45deg) scale(0.9); }
.key .mark.independent, .lead .mark.independent { transform: rotate(45deg) scale(0.8); }
.interval { position: absolute; left: calc(var(--from) * 100%); width: calc((var(--to) - var(--from)) * 100%); background: var(--synthetic); }
.gauge .interval { top: 5px; height: 6px; min-width: 2px; opacity: 0.55; }
.key .mark { position: static; margin-right: 0.6em; vertical-align: -0.12em; }
.key .mark.real { height: 13px; width: 4px; margin: 0 calc(0.6em + 4px) 0 4px; }
.key { margin: 0; display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; font-size: 0.88rem; color: var(--muted); }
.key dd { margin: 0; font-variant-numeric: tabular-nums; color: var(--ink); }
.data { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.standing { display: grid; grid-template-columns: max-content minmax(0, 26em); gap: 8px 36px; align-items: center; margin: 18px 0 26px; }
.standing .big { font-size: 2.6rem; font-weight: 650; line-height: 1.1; letter-spacing: -0.01em; margin: 0; font-variant-numeric: tabular-nums; }
.standing .big small { display: block; font-size: 0.85rem; font-weight: 400; letter-spacing: 0; color: var(--muted); margin-top: 4px; }
.standing .mark.independent, .standing .gauge .mark { --raised: var(--paper); }

.legend { display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 0 0 8px; font-size: 0.92rem; }
.swatch { display: inline-block; width: 20px; height: 12px; margin-right: 8px; vertical-align: -1px; }
.swatch.real { background: color-mix(in srgb, var(--real) 60%, transparent); }
.swatch.synthetic { border: 2px solid var(--synthetic); border-bottom: 0; }
.swatch.dashed { border-top: 2px dashed currentColor; height: 4px; vertical-align: 3px; }
.cards { gap: 36px 36px; }
.card { min-width: 0; border-top: 1px solid var(--rule); padding-top: 10px; }
.card > header { display: flex; justify-content: space-between; gap: 16px; align-items: baseline; margin-bottom: 8px; }
.card h3, .card h4 { font-size: 1rem; margin: 0; line-height: 1.3; }
.card header p { margin: 0; flex: none; font-variant-numeric: tabular-nums; font-weight: 600; }
.card > svg, .wide > div > svg, .figure > svg { display: block; width: 100%; height: auto; overflow: visible; max-width: 520px; }
.facts { color: var(--muted); font-size: 0.85rem; line-height: 1.4; margin: 8px 0 0; }
.bars, .gauges, .pair { width: 100%; }
.bars th, .bars td { border: 0; padding: 3px 0; vertical-align: middle; }
.bars th { font-weight: 400; width: 36%; line-height: 1.25; padding-right: 10px; }
.bars td:not(.track) { width: 3.6em; text-align: right; font-size: 0.82rem; white-space: nowrap; padding-left: 8px; }
.bars .track i { display: block; height: 8px; width: calc(var(--share) * 100%); min-width: 1px; }
.bars .track .real { background: var(--real); }
.bars .track .synthetic { background: var(--synthetic); margin-top: 1px; }
.bars td:nth-child(3):not(:last-child) { color: var(--muted); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.gauges th, .gauges td { border: 0; padding: 3px 0; vertical-align: middle; }
.gauges tbody th[colspan] { padding-top: 14px; }
.gauges tr:not(:first-child) th { font-weight: 400; color: var(--muted); width: 9.5em; padding-right: 10px; }
.gauges td:last-child { width: 9.2em; padding-left: 12px; font-size: 0.88rem; line-height: 1.25; }
.gauges small { color: var(--muted); }
.gauges td small { display: block; white-space: nowrap; }
.gauges .track { position: relative; height: 26px; }
.gauges .track::before { content: ""; position: absolute; inset: 0 0; border-left: 1px solid var(--rule); }
.gauges .fill { position: absolute; left: 0; top: 7px; height: 12px; width: calc(var(--to) * 100%); background: var(--real); opacity: 0.75; }
.gauges .synthetic .fill { background: var(--synthetic); opacity: 1; }
.gauges .independent .fill { background: none; border: 1.5px solid var(--muted); border-left: 0; }
.gauges .interval { background: none; border: solid var(--ink); border-width: 0 1.5px; top: 8px; height: 10px; }
.gauges .interval::before { content: ""; position: absolute; inset: 4px 0 auto; border-top: 1.5px solid var(--ink); }
.gauges .reference { position: absolute; top: 0; bottom: 0; left: calc(var(--at) * 100%); border-left: 2px dotted var(--muted); }
.narrow { max-width: 640px; }
.matrix > svg { overflow: hidden; }
.range { display: inline-flex; align-items: center; gap: 6px; color: var(--muted); font-size: 0.82rem; white-space: nowrap; }
.range i { width: 70px; height: 10px; background: linear-gradient(90deg, var(--below), transparent, var(--above)); }
.plain td, .plain thead th { font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
.plain .with { color: var(--muted); font-weight: 400; }
.plain .data { display: inline; }
.plain th { max-width: 34em; }
.measures th small { display: block; max-width: 44em; }
.pair { font-size: 0.85rem; table-layout: fixed; }
.pair th, .pair td { padding: 4px 10px 4px 0; }
.pair tbody th { font-weight: 400; color: var(--muted); }
.pair tbody td { color: var(--muted); }
.pair .differs th, .pair .differs td { color: var(--ink); }
.pair mark { background: var(--mark); color: inherit; padding: 1px 4px; border-radius: 2px; margin-left: -4px; }
em { font-style: italic; }
@media (max-width: 640px) {
  .standing { grid-template-columns: minmax(0, 1fr); }
  .gauges, .gauges tbody { display: block; }
  .gauges tr { display: grid; grid-template-columns: 1fr auto; }
  .gauges tr:not(:first-child) th { width: auto; }
  .gauges td:last-child { width: auto; order: 2; text-align: right; }
  .gauges .track { grid-column: 1 / -1; order: 3; height: 20px; margin-bottom: 8px; }
  .gauges .fill { top: 2px; }
  .gauges .interval { top: 3px; }
  .plain th, .plain td { padding-right: 10px; }
  .plain thead th { font-size: 0.8rem; }
  .measures thead { display: none; }
  .measures tr { display: grid; grid-template-columns: repeat(4, 1fr); border-top: 1px solid var(--rule); padding: 8px 0; }
  .measures th, .measures td { border: 0; padding: 2px 0; }
  .measures th { grid-column: 1 / -1; }
  .measures td::before { content: attr(data-of); display: block; font-size: 0.78rem; color: var(--muted); }
}
@media print {
  main { padding: 0; max-width: none; }
  body { font-size: 11pt; }
  .card, .tile, figure, tr, .advice { break-inside: avoid; }
  section { break-inside: auto; margin-top: 32px; }
  h2, h3, .caption, .answer { break-after: avoid; }
}
`;
