import type { Mark } from "../../../src/catalogue.js";
import { MARK_PATHS } from "../../../src/report/drawing/marks.js";

/** The mark of a run, in its colour. */
export function MarkSwatch({ mark, color }: { readonly mark: Mark; readonly color: string }) {
  return (
    <svg class="mark" viewBox="-6 -6 12 12" width="14" height="14" aria-hidden="true">
      <path d={MARK_PATHS[mark]} style={{ fill: color }} />
    </svg>
  );
}
