import { canvasPen } from "./pens/canvasPen.js";
import type { Moving, Picture } from "./picture.js";
import { createTween } from "./tween.js";

/** In milliseconds: in slow motion things still arrive soon. */
const LONGEST_MOVE = 250;

/** In milliseconds: a picture that moves between two frames of training is drawn 30 times a second, so that more of the machine trains. */
const SHORTEST_PAUSE = 30;

/** Keeps a canvas up to date, once a refresh of the screen at most, while it is in sight. */
export interface Painter {
  /** `changed`: the moving parts are those of another frame, and `onDrawn` is called once they have been drawn. */
  show(picture: Picture, moving: Moving, changed: boolean, onDrawn?: () => void): void;
  resize(width: number): void;
  close(): void;
}

export function createPainter(canvas: HTMLCanvasElement): Painter {
  const context = canvas.getContext("2d")!;
  const pen = canvasPen(context);
  /** What stays between two frames, drawn once. */
  const backdrop = document.createElement("canvas");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const tweens = { fakes: createTween(), arrows: createTween(), manifold: createTween() };
  let picture: Picture | undefined;
  let width = 0;
  let fresh = false;
  let shownAt = Number.NEGATIVE_INFINITY;
  let paintedAt = Number.NEGATIVE_INFINITY;
  let pending = 0;
  let inSight = true;
  let drawn: (() => void) | undefined;
  const sight = new IntersectionObserver(([entry]) => {
    inSight = entry!.isIntersecting;
    request();
  });
  sight.observe(canvas);

  const request = () => {
    if (pending === 0 && picture && width > 0) pending = requestAnimationFrame(paint);
  };
  function paint() {
    pending = 0;
    const now = performance.now();
    if (!picture) return;
    // A canvas without a height cannot come into sight.
    if (!inSight && canvas.style.height !== "") return tellDrawn();
    if (!fresh && now - paintedAt < SHORTEST_PAUSE) return request();
    paintedAt = now;
    if (fresh) paintBackdrop(picture);
    fresh = false;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(backdrop, 0, 0);
    scaleTo(context, width);
    const { fakes, arrows, manifold } = tweens;
    picture.drawMoving(pen, width, { fakes: fakes.at(now), arrows: arrows.at(now), manifold: manifold.at(now) });
    if (Object.values(tweens).some((tween) => tween.moving(now))) request();
    tellDrawn();
  }
  function tellDrawn() {
    drawn?.();
    drawn = undefined;
  }
  function paintBackdrop(picture: Picture) {
    for (const one of [canvas, backdrop]) setSize(one, width, picture.heightAt(width));
    const under = backdrop.getContext("2d")!;
    under.setTransform(1, 0, 0, 1, 0, 0);
    under.clearRect(0, 0, backdrop.width, backdrop.height);
    scaleTo(under, width);
    picture.drawStill(canvasPen(under), width);
  }

  return {
    show(next, moving, changed, onDrawn) {
      picture = next;
      fresh = true;
      if (changed) {
        const now = performance.now();
        // A move lasts as long as the last frame took to come, so that motion is even.
        const duration = still.matches ? 0 : Math.min(LONGEST_MOVE, now - shownAt);
        for (const part of ["fakes", "arrows", "manifold"] as const) tweens[part].moveTo(moving[part], now, duration);
        shownAt = now;
        drawn = onDrawn;
      }
      request();
    },
    resize(next) {
      width = next;
      fresh = true;
      request();
    },
    close() {
      sight.disconnect();
      cancelAnimationFrame(pending);
    },
  };
}

function scaleTo(context: CanvasRenderingContext2D, width: number): void {
  const scale = context.canvas.width / width;
  context.setTransform(scale, 0, 0, scale, 0, 0);
}

/** Gives a canvas its size on the page, and as many pixels as the screen has there. */
function setSize(canvas: HTMLCanvasElement, width: number, height: number): void {
  const [across, down] = [width, height].map((length) => Math.round(length * devicePixelRatio)) as [number, number];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const style = `${height}px`;
  if (canvas.style.height !== style) canvas.style.height = style;
}
