import { z } from "zod";
import type { Coding } from "./coding.js";

/** Samples are in training units from the start. */
export interface Identity {
  readonly kind: "identity";
  /** The range that every element lies in, where it is bounded. */
  readonly range?: readonly [number, number] | undefined;
}

export const identitySchema = z.strictObject({
  kind: z.literal("identity"),
  range: z.tuple([z.number(), z.number()]).optional(),
}) satisfies z.ZodType<Identity>;

export function identityCoding({ range }: Identity): Coding {
  return {
    encode: (rows) => Float32Array.from(rows),
    decode: (samples, { clamp = true }) => {
      const [lowest, highest] = (clamp ? range : undefined) ?? [-Infinity, Infinity];
      return new Float64Array(samples).map((value) => Math.min(highest, Math.max(lowest, value)));
    },
    range,
  };
}
