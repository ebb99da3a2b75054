import { constraints, defineConstraint, gradientPenalty } from "monge";
import { gradients, mean, mul, square, sum } from "monge/engine";
import { z } from "zod";

/** Mescheder et al. 2018 (arXiv:1801.04406, equation 9). */
constraints.add(
  defineConstraint({
    name: "own-r1",
    title: "penalty at reals",
    summary: "The critic pays for every slope at reals.",
    slope: "some",
    isPenalty: true,
    settings: z.object({
      gamma: z
        .number()
        .min(0, "it must be 0 or more")
        .default(2)
        .meta({ description: "weight of slopes at reals", live: true }),
    }),
    make: ({ gamma }) => ({
      ...gradientPenalty(),
      name: "own-r1",
      title: `R1, gamma ${gamma}`,
      penalty({ critic, real }) {
        const [slope] = gradients(sum(critic(real)), [real]);
        return mul(gamma / 2, mean(sum(square(slope), [1])));
      },
    }),
  }),
);
