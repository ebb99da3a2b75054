import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatNumber } from "../../../src/report/format.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { createLineSession } from "./client.js";
import { Feedback } from "./Feedback.js";
import { LinePicture } from "./LinePicture.js";
import "./line.css";
import type { Means } from "./protocol.js";
import { lineFrame } from "./shown.js";

const FIRST: Means = { real: 0.6, fake: -0.6 };
const NARROW = 480;

/** Two distributions on a line that the reader drags apart, and what a discriminator and a critic make of them. */
export function LineMode() {
  const words = text().line;
  const [session] = useState(createLineSession);
  const [means, setMeans] = useState(FIRST);
  const [seed, setSeed] = useState(0);
  const [room, width] = useWidth();
  const frame = session.frame.value;
  const playing = session.playing.value;

  useEffect(() => {
    session.start(seed, means);
    return () => session.close();
  }, []);
  useEffect(() => {
    lineFrame.value = frame;
    if (!frame) return;
    const request = requestAnimationFrame(() => session.drawn());
    return () => cancelAnimationFrame(request);
  }, [frame]);

  const move = (next: Means) => {
    setMeans(next);
    session.move(next);
  };
  return (
    <section class="line-mode" data-tour="line" aria-label={words.title}>
      <p class="line-intro">{words.intro}</p>
      <div ref={room} class="line-room">
        {width > 0 && (
          <LinePicture width={width} height={width < NARROW ? 300 : 360} means={means} frame={frame} onMove={move} />
        )}
      </div>
      <form
        class="line-controls"
        onSubmit={(event) => {
          event.preventDefault();
          session.start(seed, means);
        }}
      >
        <button type="button" onClick={() => (playing ? session.pause() : session.play())}>
          {playing ? words.pause : words.play}
        </button>
        <button type="submit">{words.restart}</button>
        <label>
          {words.seed}{" "}
          <input
            type="number"
            min={0}
            step={1}
            value={seed}
            onInput={({ currentTarget }) => setSeed(currentTarget.valueAsNumber >>> 0)}
          />
        </label>
        <span class="line-updates">{frame && words.updates(whole(frame.updates))}</span>
      </form>
      {session.error.value !== null && <p role="alert">{session.error.value}</p>}
      <Feedback frame={frame} />
      <dl class="line-distances">
        <dt>{words.distance}</dt>
        <dd>{formatNumber(frame?.distance ?? null)}</dd>
        <dt>{words.estimate}</dt>
        <dd>{formatNumber(frame?.estimate ?? null)}</dd>
      </dl>
    </section>
  );
}

/** The width that an element is given. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
