import { defineOptimizer, optimizers } from "monge";
import { add, div, mul, sqrt, square, sub } from "monge/engine";
import { z } from "zod";

/** Steps of one length, whichever way the gradient points. */
optimizers.add(
  defineOptimizer({
    name: "own-sign",
    title: "sign of the gradient",
    summary: "Every weight moves by the learning rate.",
    settings: z.object({}),
    make: (_, learningRate) => ({
      name: "own-sign",
      slots: [],
      scalars: () => [typeof learningRate === "number" ? learningRate : learningRate.initial],
      update: (parameters, gradient, _slots, [rate]) => ({
        parameters: sub(parameters, mul(rate, div(gradient, add(sqrt(square(gradient)), 1e-8)))),
        slots: {},
      }),
    }),
  }),
);
