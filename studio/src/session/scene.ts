import type { Dataset } from "../../../src/data/dataset.js";
import { around } from "../../../src/figures/surfaces.js";
import { createRng } from "../../../src/random.js";
import type { Scene } from "./protocol.js";

/** How many real samples are drawn, of points and of images. */
const POINTS = 1000;
const IMAGES = 64;

/** What both runs learn, the same whatever the seed. */
export function sceneOf(data: Dataset): Scene {
  const planar = data.kind !== "images";
  const real = data.batch(createRng(0), planar ? POINTS : IMAGES).sample;
  return {
    shape: data.fields.sample.shape,
    real,
    modes: data.modes?.centers ?? null,
    frame: planar ? around(real) : null,
    name: data.name,
  };
}
