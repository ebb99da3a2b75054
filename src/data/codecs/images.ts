import { z } from "zod";
import type { Coding } from "./coding.js";

/** Bytes of images go to [-1, 1]: `byte / 127.5 - 1`. */
export interface Images {
  readonly kind: "images";
}

export const images: Images = { kind: "images" };

export const imagesSchema = z.strictObject({ kind: z.literal("images") }) satisfies z.ZodType<Images>;

export const imagesCoding: Coding = {
  encode(bytes) {
    const samples = new Float32Array(bytes.length);
    for (let i = 0; i < samples.length; i++) samples[i] = bytes[i]! / 127.5 - 1;
    return samples;
  },
  decode: (samples, { round = true, clamp = true }) =>
    new Float64Array(samples).map((sample) => {
      const value = (sample + 1) * 127.5;
      const inside = clamp ? Math.min(255, Math.max(0, value)) : value;
      return round ? Math.round(inside) : inside;
    }),
  range: [-1, 1],
};
