import type { Dataset } from "../data/dataset.js";

/** What the file of an exported generator says for its users, texts all of them: those that are not one already, as JSON. */
export function exportMetadata(
  { name, kind, fields, codec }: Pick<Dataset, "name" | "kind" | "fields" | "codec">,
  { loss, iteration }: { readonly loss: string; readonly iteration: number },
): Record<string, string> {
  const { sample, condition } = fields;
  return {
    data: name,
    kind,
    shape: JSON.stringify(sample.shape),
    ...(condition && { condition: JSON.stringify(condition) }),
    codec: JSON.stringify(codec),
    loss,
    iteration: String(iteration),
    latent: "standard normal",
  };
}
