import { createTableSession, type TableSession } from "./client.js";

let begun: TableSession | undefined;

/** The one session of the page, begun when the view of tables is first shown: what it holds stays while the page does. */
export function tableSession(): TableSession {
  begun ??= createTableSession();
  return begun;
}
