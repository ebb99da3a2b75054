import type { Dataset } from "../data/dataset.js";

/** What a saved run or a data set says of its samples; `null` and `undefined` alike for what it does not say. */
interface SampleFacts extends Pick<Dataset, "name" | "kind" | "fields"> {
  readonly range?: Dataset["range"] | null;
  readonly columns?: Dataset["columns"] | null;
  readonly scaling?: Dataset["scaling"] | null;
}

/** What the file of an exported generator says for its users, texts all of them: those that are not one already, as JSON. */
export function exportMetadata(
  { name, kind, fields, range, columns, scaling }: SampleFacts,
  { loss, iteration }: { readonly loss: string; readonly iteration: number },
): Record<string, string> {
  const known = Object.entries({
    shape: fields.sample.shape,
    condition: fields.condition,
    range,
    columns,
    scaling,
  }).filter(([, value]) => value != null);
  return {
    data: name,
    kind,
    ...Object.fromEntries(known.map(([key, value]) => [key, JSON.stringify(value)])),
    loss,
    iteration: String(iteration),
    latent: "standard normal",
  };
}
