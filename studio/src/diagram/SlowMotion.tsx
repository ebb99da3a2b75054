import type { ComponentChildren } from "preact";
import type { PlayerName } from "../../../src/game/state.js";
import { Icon } from "../app/Icons.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { spokenOf } from "../language/opponents.js";
import { opponentsOf } from "../settings/opponent.js";
import type { Settings } from "../settings/settings.js";
import { isOver, type Motion, PHASES, phaseOf } from "./phases.js";

/** Milliseconds that a phase takes. */
export const PACES = { slow: 7000, normal: 3500, fast: 1400 } as const;
export type Pace = keyof typeof PACES;

export interface SlowMotionProps {
  readonly settings: Settings;
  readonly motion: Motion | null;
  /** Whether the last one was ended by playing the runs. */
  readonly isEnded: boolean;
  readonly pace: Pace;
  /** Whether there is something that can be updated. */
  readonly isReady: boolean;
  readonly onPace: (pace: Pace) => void;
  readonly onBegin: (player: PlayerName) => void;
  readonly onAdvance: () => void;
  /** Pauses, or goes on. */
  readonly onPause: () => void;
  readonly onEnd: () => void;
  readonly children: ComponentChildren;
}

/** What takes an update slowly, and what happens in it, in a sentence. */
export function SlowMotion(props: SlowMotionProps) {
  const { settings, motion, isEnded, pace, isReady, children } = props;
  const { app, diagram: words } = text();
  const opponent = opponentsOf(settings);
  const isMoving = motion !== null && !isOver(motion);
  return (
    <div class="slow-motion">
      <section class="slow-motion-tools" aria-label={words.slowMotion}>
        <span aria-hidden="true">{words.slowMotion}</span>
        {(["critic", "generator"] as const).map((player) => (
          <button
            key={player}
            type="button"
            aria-pressed={motion?.player === player}
            disabled={!isReady}
            onClick={() => props.onBegin(player)}
          >
            {player === "critic" ? words.updateOf[opponent] : words.generatorUpdate}
          </button>
        ))}
        <button type="button" disabled={!isMoving} onClick={props.onPause}>
          <Icon name={motion?.isRunning ? "pause" : "play"} />
          {motion && !motion.isRunning && isMoving ? words.goOn : words.pause}
        </button>
        <button type="button" disabled={!isMoving} onClick={props.onAdvance}>
          {words.next}
        </button>
        <label>
          <span class="spoken">{words.pace}</span>
          <select value={pace} onChange={({ currentTarget }) => props.onPace(currentTarget.value as Pace)}>
            {(Object.keys(PACES) as Pace[]).map((one) => (
              <option key={one} value={one}>
                {words.paces[one]}
              </option>
            ))}
          </select>
        </label>
        {motion && (
          <button type="button" class="plain" aria-label={words.end} title={words.end} onClick={props.onEnd}>
            <Icon name="close" />
          </button>
        )}
        {children}
      </section>
      <p class="slow-motion-says" role="status">
        {motion ? (
          <>
            <b>{words.progress(whole(motion.phase + 1), whole(PHASES[motion.player].length))}</b>{" "}
            {spokenOf(sentencesOf(motion.player)[phaseOf(motion).name] ?? "", app.opponents[opponent])}
          </>
        ) : isEnded ? (
          words.ended
        ) : (
          words.rest
        )}
      </p>
    </div>
  );
}

function sentencesOf(player: PlayerName): Readonly<Record<string, string | ((opponent: string) => string)>> {
  return text().diagram.phases[player];
}
