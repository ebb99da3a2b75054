import { list } from "../language/format.js";
import { text } from "../language/index.js";
import { SIDES } from "../settings/settings.js";
import { machineWords } from "./machine.js";
import type { Notice, Studio } from "./studio.js";

/** How things stand, in a sentence that is spoken when it changes; and which machine trains. */
export function Status({ studio }: { readonly studio: Studio }) {
  const { session, notice } = studio;
  const words = text().app.status;
  const machine = session.machine.value;
  const error = session.error.value;
  const told = notice.value;
  const where = machine && machineWords(machine, studio.scene.value?.frame === null);
  return (
    <div class="status">
      <p role="status" data-state={error === null ? stateOf(studio) : "failed"}>
        {error === null ? (told ? sentenceOf(told) : words[stateOf(studio)]) : words.failed(error)}
      </p>
      {error !== null && (
        <button type="button" onClick={studio.restart}>
          {words.again}
        </button>
      )}
      {error === null && told && (
        <button
          type="button"
          class="plain"
          aria-label={words.dismiss}
          onClick={() => {
            notice.value = null;
          }}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
      {where && (
        <p class="machine" title={where.why}>
          {where.what}
          <span class="spoken"> ({where.why})</span>
        </p>
      )}
    </div>
  );
}

function stateOf({ session, seen }: Studio): "loading" | "ready" | "training" | "paused" | "over" {
  const { sides } = session;
  if (SIDES.every((side) => sides[side].diverged.value !== null)) return "over";
  if (sides.left.frame.value === null) return "loading";
  if (session.playing.value) return "training";
  return seen().criticUpdates === 0 ? "ready" : "paused";
}

function sentenceOf(notice: Notice): string {
  const { app, controls } = text();
  switch (notice.kind) {
    case "said":
      return notice.sentence;
    case "link":
      return notice.notes
        .map(({ kind, name, value }) =>
          kind === "missingPoints" ? app.link.missingPoints : app.link[kind](name, value),
        )
        .join(" ");
    default:
      return app.status[notice.kind](list(notice.names.map((name) => controls.names[name])));
  }
}
