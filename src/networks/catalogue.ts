import { type Catalogue, catalogue } from "../catalogue.js";
import type { AllSettings } from "../settings.js";
import { dcganEntry } from "./dcgan.js";
import { mlpEntry } from "./mlp.js";
import type { NetworkEntry } from "./network.js";
import { resnetEntry } from "./resnet.js";
import { tabularEntry } from "./tabular.js";

const own = [mlpEntry, dcganEntry, resnetEntry, tabularEntry] as const;

/** Every network architecture. */
export const networks: Catalogue<NetworkEntry> = catalogue("network", own);

/** The settings of all of them together. */
export type NetworkSettings = AllSettings<typeof own>;
