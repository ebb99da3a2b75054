import { text } from "../language/index.js";
import { Notice } from "./Notice.js";
import type { Studio } from "./studio.js";

/** How things stand, in a sentence that is spoken when it changes. */
export function Status({ studio }: { readonly studio: Studio }) {
  const { app } = text();
  const error = studio.session.error.value;
  const isTold = error !== null || studio.notice.value !== null || studio.state.value === "over";
  return (
    <div class={isTold ? "status told" : "status"}>
      {error === null ? (
        <Notice studio={studio} otherwise={app.status[studio.state.value]} />
      ) : (
        <>
          <p class="failed" role="alert">
            {app.status.failed(error)}
          </p>
          <button type="button" onClick={studio.restart}>
            {app.status.again}
          </button>
        </>
      )}
    </div>
  );
}
