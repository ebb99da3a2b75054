import type { Scene, SideFrame } from "../session/protocol.js";
import type { SceneLayer } from "./layers.js";
import type { Pen } from "./pens/pen.js";
import type { Plane } from "./plane.js";

/** What a picture is made of. */
export interface PictureParts {
  readonly scene: Scene;
  /** `null` shows the real samples alone. */
  readonly frame: SideFrame | null;
  readonly layers: readonly SceneLayer[];
  /** Images between two latents, `[steps, ...shape]`; `null` or absent shows none. */
  readonly interpolation?: Float32Array | null;
}

/** The parts of a frame that move from one frame to the next; empty where they are not drawn. */
export interface Moving {
  readonly fakes: Float32Array;
  readonly arrows: Float32Array;
  readonly manifold: Float32Array;
}

/** A picture that is ready to be drawn at any width: once what stays, and over it again and again what moves. */
export interface Picture {
  heightAt(width: number): number;
  /** Where samples lie in it; `null` for images. */
  planeAt(width: number): Plane | null;
  drawStill(pen: Pen, width: number): void;
  drawMoving(pen: Pen, width: number, moving: Moving): void;
}

const NONE = new Float32Array(0);

/** The moving parts as they are in the frame. */
export function movingParts({ frame }: PictureParts): Moving {
  return { fakes: frame?.fakes ?? NONE, arrows: frame?.arrows ?? NONE, manifold: frame?.manifold ?? NONE };
}
