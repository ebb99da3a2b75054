import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { Studio } from "./studio.js";

/** Below a page that is presented: where the runs are, the keys, and the way back for those who have none. */
export function PresenterStrip({ studio }: { readonly studio: Studio }) {
  const { app } = text();
  const isPlane = studio.view.value === "plane";
  const { play, picture, lessons, leave } = app.presenter.keys;
  const keys = [
    ...(isPlane ? [[app.keys.space, play] as const, ["V", picture] as const] : []),
    ["PgUp PgDn", lessons] as const,
    ["Esc", leave] as const,
  ];
  return (
    <aside class="presenter" aria-label={app.presenter.name}>
      {isPlane && (
        <p class="clock">
          {app.iteration} <b>{whole(studio.seen().iteration)}</b>
        </p>
      )}
      <p class="presenter-keys">
        {keys.map(([key, what]) => (
          <span key={key}>
            <kbd>{key}</kbd> {what}
          </span>
        ))}
      </p>
      <button
        type="button"
        onClick={() => {
          studio.present.value = null;
        }}
      >
        {app.presenter.leave}
      </button>
    </aside>
  );
}
