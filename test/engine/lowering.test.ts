import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "onnx-buf";
import { expect, it } from "vitest";
import { conv2d, convTranspose2d, gradients, relu, sum, type Tensor, traceModel } from "../../src/engine/index.js";
import { cpuBlocks } from "../../src/engine/lower/cpuBlocks.js";
import { lowering, type Target } from "../../src/engine/lower/target.js";
import { convolutionOp } from "../../src/engine/ops/convolutionOps.js";

const BLOCK = 8;
const specs = (channels: number) => ({
  x: { shape: [2, 4, 4, channels] },
  w: { shape: [channels, 4, 4, channels] },
});
const convolve = ({ x, w }: Record<"x" | "w", Tensor>) => ({ y: relu(conv2d(x, w, { stride: 2, padding: 1 })) });

/** The types of a model's nodes, in order, with their domain where it is not ONNX's. */
function nodesOf(model: Uint8Array): string[] {
  const { graph } = fromBinary(ModelProtoSchema, model);
  return (graph?.node ?? []).map(({ domain, opType }) => (domain ? `${domain}.${opType}` : opType));
}

it("a target for a CPU with blocks writes convolutions and image gradients by blocks, and the rest as anywhere", () => {
  const blocked = "com.microsoft.nchwc";
  const names = nodesOf(traceModel(convolve, specs(BLOCK), { target: cpuBlocks(BLOCK) }));
  expect(names.filter((name) => name !== "Reshape" && name !== "Transpose")).toEqual([
    `${blocked}.ReorderInput`,
    `${blocked}.Conv`,
    "Relu",
    `${blocked}.ReorderOutput`,
  ]);

  const up = ({ x, w }: Record<"x" | "w", Tensor>) => ({ y: convTranspose2d(x, w, { stride: 2, padding: 1 }) });
  const grown = nodesOf(traceModel(up, specs(BLOCK), { target: cpuBlocks(BLOCK) }));
  expect(grown.filter((name) => name === `${blocked}.Conv`)).toHaveLength(4);

  const kernels = ({ x, w }: Record<"x" | "w", Tensor>) => ({ g: gradients(sum(convolve({ x, w }).y), [w])[0] });
  const nodes = nodesOf(traceModel(kernels, specs(BLOCK), { target: cpuBlocks(BLOCK) }));
  expect(nodes).toContain("Gemm");
});

it("a target falls back on what runs everywhere, node by node", () => {
  const anywhere = traceModel(convolve, specs(BLOCK + 1));
  expect(nodesOf(anywhere).filter((name) => name.includes("."))).toEqual([]);
  expect(traceModel(convolve, specs(BLOCK + 1), { target: cpuBlocks(BLOCK) })).toEqual(anywhere);
});

it("a new target is a map from operations to nodes", () => {
  const target: Target = {
    name: "a machine with a convolution of its own",
    lowerings: [
      lowering(convolutionOp, ({ attributes: { stride } }, [x, w], emitter) =>
        emitter.node("OwnConv", [x, w], { stride }, "own.machine"),
      ),
    ],
  };
  expect(nodesOf(traceModel(convolve, specs(3), { target }))).toEqual(["own.machine.OwnConv", "Relu"]);
});
