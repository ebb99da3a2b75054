import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app/App.js";
import { createStudio } from "./app/studio.js";
import "./app/style/index.css";
import { startTheme } from "./app/theme.js";
import { startLanguage } from "./language/index.js";
import { createCourse } from "./lessons/index.js";
import { findRuns } from "./runs/index.js";
import { FOREIGN, VIEWS } from "./settings/url.js";

startLanguage();
startTheme();
const isBare = [...new URLSearchParams(location.search).keys()].every((name) => FOREIGN.includes(name));
const studio = createStudio(location.search);
const course = createCourse(studio);

// The address always restores what is shown; what other parts of the page have put into it stays. Back goes to the view before.
let view = studio.view.peek();
effect(() => {
  const query = new URLSearchParams(studio.query.value);
  const language = new URLSearchParams(location.search).get("lang");
  if (language !== null) query.set("lang", language);
  const address = `${location.pathname}${query.size > 0 ? `?${query}` : ""}${location.hash}`;
  const turns = studio.view.value !== view && history.state?.view !== studio.view.value;
  view = studio.view.value;
  if (turns) history.pushState({ view }, "", address);
  else history.replaceState({ view }, "", address);
});
addEventListener("popstate", ({ state }) => {
  const before = VIEWS.find((one) => one === state?.view);
  if (before) studio.view.value = before;
});
render(<App studio={studio} course={course} />, document.getElementById("studio")!);
// Who names runs wants to see them, unless the address is a link to something.
void findRuns().then((found) => {
  if (found && isBare) studio.view.value = "runs";
});
