import { z } from "zod";
import type { Coding } from "./coding.js";

/** Points are moved and divided: `(point - center) / spread`, by one spread along every axis, so that distances keep their proportions. */
export interface Scale {
  readonly kind: "scale";
  /** What becomes the origin. */
  readonly center: readonly number[];
  /** What becomes 1. Above zero. */
  readonly spread: number;
}

export const scaleSchema = z.strictObject({
  kind: z.literal("scale"),
  center: z.array(z.number()).min(1),
  spread: z.number().positive(),
}) satisfies z.ZodType<Scale>;

export function scaleCoding({ center, spread }: Scale): Coding {
  const origin = Float64Array.from(center);
  const axes = origin.length;
  return {
    encode(rows) {
      const samples = new Float32Array(rows.length);
      for (let i = 0; i < samples.length; i++) samples[i] = (rows[i]! - origin[i % axes]!) / spread;
      return samples;
    },
    decode: (samples) => new Float64Array(samples).map((value, i) => value * spread + origin[i % axes]!),
  };
}
