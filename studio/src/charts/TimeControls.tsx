import { text } from "../language/index.js";
import { type Range, type SharedTime, zoomIn, zoomOut } from "./time.js";

/** Zooms by button, for those who cannot drag. */
export function TimeControls({ time, whole }: { readonly time: SharedTime; readonly whole: Range }) {
  const words = text().charts;
  const zoomed = time.range.value !== null;
  return (
    <fieldset class="time-controls">
      <legend class="spoken">{words.zoom}</legend>
      <button type="button" onClick={() => zoomIn(time, whole)}>
        {words.zoomIn}
      </button>
      <button type="button" disabled={!zoomed} onClick={() => zoomOut(time, whole)}>
        {words.zoomOut}
      </button>
      <button
        type="button"
        disabled={!zoomed}
        onClick={() => {
          time.range.value = null;
        }}
      >
        {words.zoomAll}
      </button>
    </fieldset>
  );
}
