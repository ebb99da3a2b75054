import { render } from "preact";
import { startLanguage } from "../../../studio/src/language/index.js";
import { findRuns, Runs } from "../../../studio/src/runs/index.js";

startLanguage();
await findRuns();
render(
  <main>
    <h1>Page</h1>
    <Runs />
  </main>,
  document.getElementById("page")!,
);
