import { useEffect, useState } from "preact/hooks";
import { OwnData } from "../data/OwnData.js";
import { text } from "../language/index.js";
import { type Course, LessonPanel } from "../lessons/index.js";
import { LineMode } from "../line/LineMode.js";
import { Runs } from "../runs/index.js";
import { TableMode } from "../table/TableMode.js";
import { acceptDrops, isOver } from "./drop.js";
import { EmbedLink, isEmbedded } from "./EmbedLink.js";
import { Header } from "./Header.js";
import { Help } from "./Help.js";
import { listenToKeys } from "./keyboard.js";
import { Notice } from "./Notice.js";
import { Plane } from "./Plane.js";
import { PresenterStrip } from "./PresenterStrip.js";
import { followPresenting } from "./presenting.js";
import type { Studio } from "./studio.js";

export interface AppProps {
  readonly studio: Studio;
  readonly course: Course;
}

/** The page. */
export function App({ studio, course }: AppProps) {
  const { app, data } = text();
  const [helping, setHelping] = useState(false);
  const openHelp = () => setHelping(true);
  const view = studio.view.value;

  useEffect(() => listenToKeys({ studio, course, openHelp }), [studio, course]);
  useEffect(() => acceptDrops(studio), [studio]);
  useEffect(() => followPresenting(studio, course), [studio, course]);
  return (
    <>
      <a class="skip" href="#main">
        {app.skip}
      </a>
      <Header studio={studio} onLessons={() => course.go(0)} onHelp={openHelp} />
      {view === "plane" ? (
        <Plane studio={studio} course={course} />
      ) : (
        <main id="main" class="other" tabIndex={-1}>
          <div class="status">
            <Notice studio={studio} />
          </div>
          {view === "line" && <LineMode settings={studio.line} />}
          {view === "table" && <TableMode />}
          {view === "runs" && <Runs />}
        </main>
      )}
      {isEmbedded && <EmbedLink studio={studio} />}
      {studio.present.value !== null && <PresenterStrip studio={studio} />}
      <LessonPanel course={course} />
      <OwnData studio={studio} />
      {helping && <Help onClose={() => setHelping(false)} />}
      {isOver.value && <p class="drop-here">{data.drop}</p>}
    </>
  );
}
