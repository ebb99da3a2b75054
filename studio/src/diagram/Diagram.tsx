import { useEffect, useRef, useState } from "preact/hooks";
import type { Studio } from "../app/studio.js";
import { useWidth } from "../app/useWidth.js";
import { text } from "../language/index.js";
import type { Scene, SideFrame } from "../session/protocol.js";
import { sideLooks } from "../settings/looks.js";
import { SIDES, type Side } from "../settings/settings.js";
import "./diagram.css";
import { ROW_WIDTH } from "./layout.js";
import { isOver, type Motion, motionAdvanced, motionBegun } from "./phases.js";
import { SideDiagram } from "./SideDiagram.js";
import { PACES, type Pace, SlowMotion } from "./SlowMotion.js";

type Frames = Readonly<Record<Side, SideFrame | null>>;

/** Both sides as machines, with the numbers of the runs as they are, and one update of either player in slow motion. */
export function Diagram({ studio }: { readonly studio: Studio }) {
  const { session, settings } = studio;
  const [room, width] = useWidth();
  const [shown, setShown] = useState<Side>("left");
  const [motion, setMotion] = useState<Motion | null>(null);
  /** Whether playing the runs has ended the slow motion. */
  const [isEnded, setIsEnded] = useState(false);
  const [before, setBefore] = useState<Frames | null>(null);
  const [pace, setPace] = useState<Pace>("normal");
  const scene = studio.scene.value;
  const frames: Frames = { left: session.sides.left.frame.value, right: session.sides.right.frame.value };
  const isStarted = SIDES.every((side) => frames[side] !== null);
  // What was last seen stays while the next runs are prepared.
  const last = useRef<{ readonly scene: Scene; readonly frames: Frames }>(null);
  if (scene && SIDES.every((side) => frames[side]?.flow)) last.current = { scene, frames };
  const seen = last.current;
  const isPlaying = session.playing.value;
  const looks = sideLooks(settings.value);
  const isRow = width >= ROW_WIDTH;

  const begin = (player: Motion["player"]) => {
    session.pause();
    setBefore(null);
    setIsEnded(false);
    setMotion(motionBegun(player));
  };
  const advance = () => {
    if (!motion) return;
    const next = motionAdvanced(motion);
    if (isOver(next) && !isOver(motion)) {
      setBefore({ left: session.sides.left.frame.peek(), right: session.sides.right.frame.peek() });
      studio.step(next.player === "critic" ? "critic" : "generatorAlone");
    }
    setMotion(next);
  };
  const isRunning = motion?.isRunning ?? false;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(advance, PACES[pace]);
    return () => clearTimeout(timer);
  }, [motion, pace]);
  useEffect(() => {
    if (isPlaying && motion) setIsEnded(true);
    if (isPlaying || !isStarted) setMotion(null);
  }, [isPlaying, isStarted]);
  useEffect(() => {
    const request = requestAnimationFrame(() => session.drawn());
    return () => cancelAnimationFrame(request);
  }, [frames.left, frames.right]);

  return (
    <section class="diagram" aria-label={text().diagram.label}>
      <SlowMotion
        settings={settings.value}
        motion={motion}
        isEnded={isEnded}
        pace={pace}
        isReady={isStarted && studio.state.value !== "over"}
        onPace={setPace}
        onBegin={begin}
        onAdvance={advance}
        onPause={() => setMotion(motion && { ...motion, isRunning: !motion.isRunning })}
        onEnd={() => setMotion(null)}
      >
        {!isRow && (
          <fieldset class="diagram-shown">
            <legend class="spoken">{text().diagram.shown}</legend>
            {SIDES.map((side) => (
              <button key={side} type="button" aria-pressed={shown === side} onClick={() => setShown(side)}>
                {looks[side].label}
              </button>
            ))}
          </fieldset>
        )}
      </SlowMotion>
      <div ref={room} class="diagram-sides" aria-busy={!isStarted}>
        {!seen && <p class="note">{text().diagram.awaited}</p>}
        {width > 0 &&
          seen &&
          (isRow ? SIDES : [shown]).map((side) => {
            const frame = seen.frames[side];
            if (!frame?.flow) return null;
            const earlier = before?.[side];
            const isAfter = motion !== null && isOver(motion) && earlier?.flow != null && isLater(frame, earlier);
            return (
              <SideDiagram
                key={side}
                studio={studio}
                side={side}
                scene={seen.scene}
                frame={frame}
                flow={frame.flow}
                motion={motion}
                before={isAfter ? earlier.flow : null}
                width={width}
              />
            );
          })}
      </div>
    </section>
  );
}

function isLater(frame: SideFrame, before: SideFrame): boolean {
  return frame.criticUpdates > before.criticUpdates || frame.iteration > before.iteration;
}
