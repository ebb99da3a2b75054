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
      stiffness: z
        .number()
        .min(0, "it must be 0 or more")
        .default(2)
        .meta({ description: "weight of slopes at reals", live: true }),
    }),
    make: ({ stiffness }) => ({
      ...gradientPenalty(),
      name: "own-r1",
      title: `Penalty at reals, stiffness ${stiffness}`,
      penalty({ critic, real }) {
        const [slope] = gradients(sum(critic(real)), [real]);
        return mul(stiffness / 2, mean(sum(square(slope), [1])));
      },
    }),
  }),
);
