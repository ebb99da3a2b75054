import type { ImageBytes } from "../../data/images.js";

/** Red, green and blue as the eye sees them (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114];
const COLOURS = LUMA.length;

/** Images with their transparency shown on black, others as they are. */
export function onBlack(images: ImageBytes): ImageBytes {
  const { shape, bytes } = images;
  const [height, width, channels] = shape;
  if (channels !== COLOURS + 1) return images;
  const made = new Uint8Array((bytes.length / channels) * COLOURS);
  for (let i = 0; i < made.length; i++) {
    const place = Math.floor(i / COLOURS) * channels;
    made[i] = Math.round((bytes[place + (i % COLOURS)]! * bytes[place + COLOURS]!) / 255);
  }
  return { shape: [height, width, COLOURS], bytes: made };
}

/** Images in colour made grey, others as they are. */
export function grey(images: ImageBytes): ImageBytes {
  const { shape, bytes } = images;
  const [height, width, channels] = shape;
  if (channels !== COLOURS) return images;
  const made = new Uint8Array(bytes.length / COLOURS);
  for (let pixel = 0; pixel < made.length; pixel++)
    made[pixel] = Math.round(LUMA.reduce((sum, weight, colour) => sum + weight * bytes[pixel * COLOURS + colour]!, 0));
  return { shape: [height, width, 1], bytes: made };
}
