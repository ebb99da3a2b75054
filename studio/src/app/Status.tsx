import { text } from "../language/index.js";
import { machineWords } from "./machine.js";
import { Notice } from "./Notice.js";
import type { Studio } from "./studio.js";

/** How things stand, in a sentence that is spoken when it changes; and which machine trains. */
export function Status({ studio }: { readonly studio: Studio }) {
  const { session, device } = studio;
  const { app } = text();
  const machine = session.machine.value;
  const error = session.error.value;
  const where = machine && machineWords(machine, { choice: device.value, images: studio.scene.value?.frame === null });
  return (
    <div class="status">
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
      {where && (
        <p class="machine" title={where.why}>
          {where.what}
          <span class="spoken"> ({where.why})</span>
        </p>
      )}
    </div>
  );
}
