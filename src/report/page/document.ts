import { type Html, html, raw } from "./html.js";

/** A page as one HTML file that needs no other. */
export function documentOf(title: string, style: string, main: Html): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Monge</title>
<style>${raw(style)}</style>
</head>
<body><main>
${main}
</main></body>
</html>
`;
  return markup;
}
