import { fetchedBytes } from "../../data/fetchedBytes.js";
import collapsed from "./collapsed.safetensors?packed";
import { decodePrepared } from "./file.js";
import halfway from "./halfway.safetensors?packed";
import type { PreparedName } from "./states.js";

const ADDRESSES: Readonly<Record<PreparedName, string>> = { collapsed, halfway };

/** Both sides of a prepared state. @throws where it cannot be fetched */
export async function fetchPrepared(name: PreparedName): Promise<ReturnType<typeof decodePrepared>> {
  return decodePrepared(await fetchedBytes(ADDRESSES[name]), name);
}
