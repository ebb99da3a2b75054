import { createSession, type Session } from "../../../studio/src/session/client.js";
import type { DeviceChoice, SideFrame } from "../../../studio/src/session/protocol.js";
import type { Settings, Side } from "../../../studio/src/settings/settings.js";

/** A session whose frames are taken as soon as they come. */
export interface Driver extends Session {
  /** Resolves once the condition holds; a session's error rejects it. */
  until(condition: () => boolean): Promise<void>;
  /** Starts, at full speed and without layers, and waits for the first frame. */
  begin(settings: Settings, device?: DeviceChoice): Promise<void>;
  /** One step, and what the sides are after it. */
  stepped(what: "generator" | "critic"): Promise<Readonly<Record<Side, SideFrame>>>;
}

declare global {
  var driver: Driver;
}

globalThis.driver = createDriver();

function createDriver(): Driver {
  const session = createSession();
  const { left, right } = session.sides;
  right.frame.subscribe((frame) => frame && requestAnimationFrame(() => session.drawn()));

  const until = (condition: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (session.error.value !== null) reject(new Error(session.error.value));
        else if (condition()) resolve();
        else setTimeout(look, 2);
      };
      look();
    });
  return {
    ...session,
    until,
    async begin(settings, device = "wasm") {
      session.setSpeed(null);
      session.setLayers([]);
      session.start(settings, { device });
      await until(() => right.frame.value !== null);
    },
    async stepped(what) {
      const before = right.frame.value;
      session.step(what);
      await until(() => right.frame.value !== before);
      return { left: left.frame.value!, right: right.frame.value! };
    },
  };
}
