import type { Scene, SideFrame } from "../session/protocol.js";
import type { SceneLayer } from "./layers.js";

export interface SceneViewProps {
  readonly scene: Scene;
  /** The newest frame of this side; `null` shows the real samples alone. */
  readonly frame: SideFrame | null;
  readonly layers: readonly SceneLayer[];
  /** Which side it is, for screen readers and at the head of an exported picture: "Left: BCE". */
  readonly label: string;
  /** Images between two latents, `[steps, ...shape]`, from `Session.interpolate`; `null` or absent shows none. */
  readonly interpolation?: Float32Array | null;
  /** Called once each new frame is on the screen. */
  readonly onDrawn?: () => void;
}

/** One side of the page: as wide as the room it is given, and as high as what it shows. */
export function SceneView({ label }: SceneViewProps) {
  return <canvas role="img" aria-label={label} />;
}
