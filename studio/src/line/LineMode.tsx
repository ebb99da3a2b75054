import type { Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { formatNumber } from "../../../src/report/format.js";
import { useWidth } from "../app/useWidth.js";
import { number, whole } from "../language/format.js";
import { text } from "../language/index.js";
import { RANGES } from "../settings/ranges.js";
import { createLineSession } from "./client.js";
import { Feedback } from "./Feedback.js";
import { LinePicture } from "./LinePicture.js";
import "./line.css";
import { LARGEST_MEAN, type LineSettings, type Means } from "./protocol.js";
import { movedApart } from "./scales.js";
import { lineFrame } from "./shown.js";

const NARROW = 480;
const LARGEST_SEED = RANGES.seed.max;

export interface LineModeProps {
  readonly settings: Signal<LineSettings>;
}

/** Two distributions on a line that the reader drags apart, and what a discriminator and a critic make of them. */
export function LineMode({ settings }: LineModeProps) {
  const words = text().line;
  const [session] = useState(createLineSession);
  const { means, seed } = settings.value;
  const [room, width] = useWidth();
  const frame = session.frame.value;
  const playing = session.playing.value;

  useEffect(() => {
    session.start(seed, means);
    return () => {
      session.close();
      lineFrame.value = null;
    };
  }, []);
  useEffect(() => {
    lineFrame.value = frame;
    if (!frame) return;
    const request = requestAnimationFrame(() => session.drawn());
    return () => cancelAnimationFrame(request);
  }, [frame]);

  useEffect(() => session.move(means), [means]);

  const apart = Math.abs(means.real - means.fake);
  const move = (next: Means) => {
    settings.value = { means: next, seed };
  };
  return (
    <section class="line-mode" data-target="line" aria-label={words.title}>
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
            max={LARGEST_SEED}
            step={1}
            value={seed}
            onInput={({ currentTarget }) => {
              const given = Math.floor(Math.min(LARGEST_SEED, Math.max(0, currentTarget.valueAsNumber || 0)));
              settings.value = { means, seed: given };
            }}
          />
        </label>
        <label class="line-apart">
          {words.apart}{" "}
          <input
            type="range"
            min={0}
            max={2 * LARGEST_MEAN}
            step={0.1}
            value={apart}
            onInput={({ currentTarget }) => move(movedApart(means, currentTarget.valueAsNumber))}
          />
          <output>{number(apart, 3)}</output>
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
