import { text } from "../language/index.js";
import { differenceOf } from "../settings/difference.js";
import type { Settings } from "../settings/settings.js";

/** What the experiment is, in a line. */
export function Lede({ settings }: { readonly settings: Settings }) {
  return <p class="lede">{text().app.lede[differenceOf(settings)]}</p>;
}
