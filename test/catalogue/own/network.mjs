import { defineNetwork, mlp, networks } from "monge";
import { z } from "zod";

networks.add(
  defineNetwork({
    name: "own-thin",
    title: "one thin layer",
    summary: "A single hidden layer of few neurons.",
    settings: z.object({ thickness: z.int().min(1).max(64).default(7).describe("neurons of the hidden layer") }),
    make: ({ thickness: width }, { shape, latent }) => ({
      generator: mlp({ input: latent, output: shape, hidden: [width] }),
      critic: mlp({ input: shape, output: 1, hidden: [width] }),
    }),
  }),
);
