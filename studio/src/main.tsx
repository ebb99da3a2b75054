import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app/App.js";
import { isEmbedded } from "./app/EmbedLink.js";
import { createStudio } from "./app/studio.js";
import "./app/style/index.css";
import { startTheme } from "./app/theme.js";
import { keepRun } from "./kept/keepRun.js";
import { readKept } from "./kept/keptRun.js";
import { startLanguage } from "./language/index.js";
import { createCourse } from "./lessons/index.js";
import { findRuns } from "./runs/index.js";
import { FOREIGN, fromUrl, KEPT, runPart, VIEWS } from "./settings/url.js";

startLanguage();
startTheme();
const isBare = [...new URLSearchParams(location.search).keys()].every((name) => FOREIGN.includes(name));
const address = fromUrl(location.search);
const kept = address.linked.lesson !== null || isEmbedded ? null : await readKept(runPart(location.search));
const studio = createStudio(address, kept);
if (!isEmbedded) keepRun(studio);
const course = createCourse(studio);
if (address.linked.lesson !== null) course.go(address.linked.lesson);

// The address always restores what is shown; what other parts of the page have put into it stays. Back goes to the view or lesson before.
let shown = { view: studio.view.peek(), lesson: studio.lesson.peek() };
effect(() => {
  const query = new URLSearchParams(studio.query.value);
  const before = new URLSearchParams(location.search);
  for (const name of KEPT) if (before.has(name)) query.set(name, before.get(name)!);
  const address = `${location.pathname}${query.size > 0 ? `?${query}` : ""}${location.hash}`;
  const [view, lesson] = [studio.view.value, studio.lesson.value];
  const isAnother = view !== shown.view || lesson !== shown.lesson;
  const wasThere = history.state?.view === view && (history.state.lesson ?? null) === lesson;
  shown = { view, lesson };
  if (isAnother && !wasThere) history.pushState(shown, "", address);
  else history.replaceState(shown, "", address);
});
addEventListener("popstate", ({ state }) => {
  const view = VIEWS.find((one) => one === state?.view);
  if (!view) return;
  if (typeof state.lesson === "number") course.go(state.lesson);
  else if (course.place.peek()) course.leave();
  studio.view.value = view;
});
if (isEmbedded) document.documentElement.dataset.embedded = "";
render(<App studio={studio} course={course} />, document.getElementById("studio")!);
// Who names runs wants to see them, unless the address is a link to something.
void findRuns().then((found) => {
  if (found && isBare) studio.view.value = "runs";
});
