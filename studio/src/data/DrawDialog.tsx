import { useState } from "preact/hooks";
import { Dialog } from "../app/Dialog.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { OwnPoints } from "../session/protocol.js";
import { MOST_LINKED_POINTS } from "../settings/url.js";
import { Board } from "./Board.js";
import {
  countOf,
  FEWEST_DRAWN,
  hasExtent,
  MOST_DRAWN,
  pointsOfStrokes,
  type Strokes,
  strokesOfPoints,
} from "./strokes.js";

/** What drawn points go by. */
export const DRAWN = "drawn";

export interface DrawDialogProps {
  /** Points that were drawn before. */
  readonly drawn: OwnPoints | null;
  readonly onUse: (points: OwnPoints) => void;
  readonly onClose: () => void;
}

/** Draws points by mouse, finger or keys. */
export function DrawDialog({ drawn, onUse, onClose }: DrawDialogProps) {
  const words = text().data.draw;
  const [strokes, setStrokes] = useState<Strokes>(() => (drawn ? strokesOfPoints(drawn.points) : []));
  const count = countOf(strokes);
  const points = pointsOfStrokes(strokes);
  const few = count < FEWEST_DRAWN;
  const flat = !few && !hasExtent(points);
  const linked = count > MOST_LINKED_POINTS ? words.notLinked(whole(MOST_LINKED_POINTS)) : words.linked;
  const told = few
    ? words.few(whole(FEWEST_DRAWN))
    : flat
      ? words.flat
      : count >= MOST_DRAWN
        ? words.most(whole(MOST_DRAWN))
        : linked;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p class="note">{words.intro}</p>
      <Board strokes={strokes} onChange={setStrokes} />
      <p class="note" role="status">
        {words.count(whole(count))}. {told}
      </p>
      <footer>
        <button type="button" disabled={count === 0} onClick={() => setStrokes(strokes.slice(0, -1))}>
          {words.undo}
        </button>
        <button type="button" disabled={count === 0} onClick={() => setStrokes([])}>
          {words.clear}
        </button>
        <span class="gap" />
        <button type="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" class="primary" disabled={few || flat} onClick={() => onUse({ name: DRAWN, points })}>
          {words.use}
        </button>
      </footer>
    </Dialog>
  );
}
