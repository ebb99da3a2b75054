import type { DeviceChoice, OwnPoints } from "../session/protocol.js";
import type { Standing } from "../session/standing.js";
import type { Settings } from "../settings/settings.js";

/** What the runs begin with. */
export interface Beginning {
  readonly settings: Settings;
  readonly own: OwnPoints | null;
  readonly device: DeviceChoice;
}

/** A change of settings, and how the page was on the other side of it. */
export interface Change {
  /** Whether the runs began anew with it, or went on through it. */
  readonly kind: "restarted" | "changed";
  /** The settings that changed; none where the reader began anew. */
  readonly names: readonly string[];
  readonly other: Beginning;
  /** How the runs stood there; `null` where nothing was trained, or they went on. */
  readonly standing: Promise<Standing | null> | null;
}

/** The changes of a page, which can be taken back and made again. */
export interface Changes {
  /** A change was made: what was taken back before it cannot be made again. */
  made(change: Change): void;
  undo(): void;
  redo(): void;
  /** The page is no longer on either side of them. */
  forget(): void;
}

/** More are forgotten, the oldest first: each may hold both networks and their optimizers' states. */
const MOST = 20;

/** @param cross goes to the other side of a change, to undo it or to make it again; returns the way back */
export function createChanges(cross: (change: Change, isUndo: boolean) => Promise<Change>): Changes {
  let done: Change[] = [];
  let undone: Change[] = [];
  // One after the other, however fast they are asked for.
  let crossing = Promise.resolve();
  const move = (isUndo: boolean) => {
    crossing = crossing.then(async () => {
      const change = (isUndo ? done : undone).pop();
      if (!change) return;
      const [before, after] = [done, undone];
      const back = await cross(change, isUndo);
      // A change that was made in the meantime has ended these.
      if (done === before && undone === after) (isUndo ? undone : done).push(back);
    });
  };
  return {
    made(change) {
      done = [...done, change].slice(-MOST);
      undone = [];
    },
    undo: () => move(true),
    redo: () => move(false),
    forget() {
      done = [];
      undone = [];
    },
  };
}
