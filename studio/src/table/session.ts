import { createTableSession, type TableSession } from "./client.js";

let begun: TableSession | undefined;

addEventListener("beforeunload", (event) => {
  if (begun?.isUnsaved.peek()) event.preventDefault();
});

/** The one session of the page, begun when the view of tables is first shown: what it holds stays while the page does. */
export function tableSession(): TableSession {
  begun ??= createTableSession();
  return begun;
}
