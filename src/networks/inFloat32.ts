import { cast, mapTree, type Tensor } from "../engine/index.js";
import type { Network } from "./network.js";

/**
 * A network that computes in float32, whatever the type of what goes in, which its output has again: for statistics, distances and random numbers,
 * where float16 has too few digits.
 */
export function inFloat32(network: Network): Network {
  return {
    ...network,
    apply(parameters, x, context) {
      const wide = (tensor: Tensor) => cast(tensor, "float32");
      const { condition } = context;
      const result = network.apply(mapTree(parameters, wide), wide(x), {
        ...context,
        condition: condition && wide(condition),
      });
      return cast(result, x.dtype);
    },
  };
}
