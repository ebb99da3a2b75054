import { text } from "../language/index.js";
import type { Studio } from "./studio.js";

/** Whether the page is a frame of another page, as its address says. It stays so. */
export const isEmbedded = new URLSearchParams(location.search).has("embed");

/** Below a page in a frame: the same in a window of its own, and why it is slower here. */
export function EmbedLink({ studio }: { readonly studio: Studio }) {
  const { app } = text();
  return (
    <p class="embed-link">
      <a href={`${location.pathname}${studio.query.value}`} target="_blank" rel="noopener">
        {app.embed.open}
      </a>
      {!self.crossOriginIsolated && <span class="note">{app.embed.oneThread}</span>}
    </p>
  );
}
