/** The page's style sheet. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f6f7f9; --ink: #1b1f24; --muted: #59616b; --rule: #dfe3e8; --warning: #b42318;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171c; --raised: #1c2027; --ink: #e4e7eb; --muted: #9aa4b0; --rule: #30363f; --warning: #ff8a73; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 48px 24px 96px; }
h1, h2 { line-height: 1.15; letter-spacing: -0.015em; text-wrap: balance; }
h1 { font-size: clamp(2rem, 5vw, 3.1rem); margin: 0 0 20px; }
h2 { font-size: clamp(1.35rem, 3vw, 1.7rem); margin: 0 0 8px; }
p { margin: 0 0 12px; }
.kicker { color: var(--muted); font-size: 0.85rem; letter-spacing: 0.06em; text-transform: uppercase; margin-bottom: 10px; }
.lead { font-size: 1.12rem; max-width: 46em; }
.findings { margin: 20px 0 32px; padding: 0; list-style: none; max-width: 52em; }
.findings li { padding: 7px 0; border-top: 1px solid var(--rule); }
.findings li:first-child { font-size: 1.25rem; line-height: 1.4; }
.findings li:last-child { border-bottom: 1px solid var(--rule); }
.name { font-weight: 600; white-space: nowrap; }
.name svg { width: 0.85em; height: 0.85em; margin-right: 0.3em; vertical-align: -0.08em; }
.warning { color: var(--warning); font-weight: 600; }
.tiles { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 230px), 1fr)); }
.tile { background: var(--raised); border-top: 4px solid var(--color); border-radius: 3px; padding: 14px 18px 16px; }
.tile h3 { margin: 0; font-size: 1rem; }
.tile .sub { color: var(--muted); font-size: 0.85rem; margin: 0 0 8px; }
.tile .big { font-size: 1.85rem; font-weight: 650; line-height: 1.15; margin: 0 0 10px; letter-spacing: -0.01em; }
.tile .big small { font-size: 0.85rem; font-weight: 400; color: var(--muted); letter-spacing: 0; }
.tile dl { margin: 0; display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; font-size: 0.88rem; }
.tile dt { color: var(--muted); }
.tile .unit { color: var(--muted); font-size: 0.78rem; margin: 8px 0 0; }
.tile dd { margin: 0; white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
section { margin-top: 72px; }
.caption { color: var(--muted); max-width: 48em; margin-bottom: 22px; }
.caption b, .caption strong { color: var(--ink); }
.row { display: grid; gap: 28px 32px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); align-items: start; }
.row.wide { grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); }
figure { margin: 0; min-width: 0; max-width: 520px; }
figure > svg { display: block; width: 100%; height: auto; overflow: visible; }
figcaption { display: flex; justify-content: space-between; gap: 12px; margin-bottom: 8px; font-size: 0.92rem; }
figcaption .files { color: var(--muted); font-size: 0.78rem; white-space: nowrap; align-self: end; }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
details { margin-top: 28px; }
summary { cursor: pointer; color: var(--muted); margin-bottom: 16px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: 8px; }
th, td { text-align: left; vertical-align: top; padding: 8px 18px 8px 0; border-top: 1px solid var(--rule); }
thead th, thead td { border-top: 0; vertical-align: bottom; }
th { font-weight: 600; }
th small { color: var(--muted); font-size: 0.82em; font-weight: 400; }
.runs th small { display: block; }
.differences { width: 100%; }
.differences tbody th { font-weight: 500; color: var(--muted); width: 17em; min-width: 11em; }
.differences td { min-width: 11em; }
.differences tbody th:first-child:not([colspan]) { position: sticky; left: 0; background: var(--paper); }
.differences .part th { padding-top: 26px; color: var(--ink); font-weight: 650; }
.differences .of { display: none; }
.formula { font-family: "Cambria Math", "STIX Two Text", "Liberation Serif", Georgia, serif; font-size: 1.08em; }
.runs { white-space: nowrap; }
.runs .stopped td { border-top: 0; padding-top: 0; white-space: normal; }
footer { margin-top: 72px; padding-top: 16px; border-top: 1px solid var(--rule); color: var(--muted); font-size: 0.88rem; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.92em; }
@media (max-width: 640px) {
  body { font-size: 16px; }
  main { padding: 28px 16px 64px; }
  section { margin-top: 52px; }
  .differences thead { display: none; }
  .differences, .differences tbody, .differences tr, .differences th, .differences td { display: block; width: auto; min-width: 0; }
  .differences tr { border-top: 1px solid var(--rule); padding: 10px 0; }
  .differences th, .differences td { border: 0; padding: 1px 0; }
  .differences .part { padding: 26px 0 8px; border: 0; }
  .differences td { display: grid; grid-template-columns: 6.5em 1fr; gap: 10px; }
  .differences .of { display: inline; }
  .differences .part th { padding: 0; }
}
@media print { .files { display: none; } section { break-inside: avoid; } }
`;
