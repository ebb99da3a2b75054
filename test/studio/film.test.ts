import { batch, signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { createSharedTime } from "../../studio/src/charts/time.js";
import type { SideFrame } from "../../studio/src/session/protocol.js";
import { createFilm, type FilmFrame, iterationOf, MOST_BYTES, withFrame } from "../../studio/src/time/film.js";

function side(iteration: number, size = 8, hasSurface = true): SideFrame {
  const fakes = new Float32Array(size).fill(iteration);
  const surface = hasSurface ? fakes : null;
  const none = { slope: fakes, arrows: null, manifold: null, plan: null, flow: null };
  return { iteration, criticUpdates: 3 * iteration, losses: null, fakes, surface, output: "score", ...none };
}
const frame = (iteration: number, size?: number, hasSurface?: boolean): FilmFrame => ({
  left: side(iteration, size, hasSurface),
  right: side(iteration, size, hasSurface),
});

function bytesOf(frames: readonly FilmFrame[]): number {
  const arrays = frames.flatMap(({ left, right }) => [left, right].flatMap(({ fakes, surface }) => [fakes, surface]));
  return arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
}

describe("the film of a run", () => {
  const begin = () => {
    const view = () => ({ frame: signal<SideFrame | null>(null), evaluations: signal([]), diverged: signal(null) });
    const sides = { left: view(), right: view() };
    const time = createSharedTime();
    const film = createFilm(sides, time);
    const show = (left: number, right = left) =>
      batch(() => {
        sides.left.frame.value = side(left);
        sides.right.frame.value = side(right);
      });
    return { film, time, show };
  };

  it("shows the run as it is, or the last frame up to the iteration that is looked back on", () => {
    const { film, time, show } = begin();
    expect(film.shown.left.value).toBeNull();
    for (const iteration of [0, 4, 9]) show(iteration);
    expect([film.shown.right.value!.iteration, film.shown.right.value!.slope]).toEqual([9, expect.anything()]);
    time.past.value = 8;
    expect([film.shown.right.value!.iteration, film.shown.right.value!.slope]).toEqual([4, null]);
    show(12);
    expect(film.shown.right.value!.iteration).toBe(4);
    time.past.value = null;
    expect(film.shown.right.value!.iteration).toBe(12);
    film.clear();
    expect(film.frames.value).toEqual([]);
  });

  it("goes from frame to frame, and from the last one to the run as it is", () => {
    const { film, time, show } = begin();
    film.step(-1);
    expect(time.past.value).toBeNull();
    show(0);
    film.step(-1);
    expect(time.past.value).toBeNull();
    for (const iteration of [4, 9]) show(iteration);
    const places = [-1, -1, -1, 1, 1].map((by) => {
      film.step(by as -1 | 1);
      return time.past.value;
    });
    expect(places).toEqual([4, 0, 0, 4, null]);
  });

  it("goes on with one side where the other has ended", () => {
    const { film, time, show } = begin();
    for (const right of [3, 5, 7]) show(3, right);
    expect(film.frames.value.map(iterationOf).at(-1)).toBe(7);
    time.past.value = 5;
    expect([film.shown.left.value!.iteration, film.shown.right.value!.iteration]).toEqual([3, 5]);
  });

  it("has a frame once for each state, and keeps to its memory", () => {
    expect(withFrame([frame(1)], frame(1))).toHaveLength(1);
    const size = 2 ** 15;
    let frames: readonly FilmFrame[] = [];
    let most = 0;
    // Surfaces that were kept still count once the layer is off.
    for (let iteration = 0; iteration < 300; iteration++) {
      frames = withFrame(frames, frame(iteration, size, iteration < 48));
      most = Math.max(most, bytesOf(frames));
    }
    expect(most).toBeLessThanOrEqual(MOST_BYTES);
    expect([iterationOf(frames[0]!), iterationOf(frames.at(-1)!)]).toEqual([0, 299]);
  });
});
