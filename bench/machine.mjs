import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";

/** What the figures were measured on and with. */
export async function machine() {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    machine: {
      processor: processors[0].model.trim(),
      cores: processors.length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      loadBefore: Number(loadavg()[0].toFixed(2)),
      system: `${process.platform} ${process.arch}`,
    },
    versions: {
      node: process.version.slice(1),
      "onnxruntime-node": await versionOf("onnxruntime-node"),
      "@tensorflow/tfjs": await versionOf("@tensorflow/tfjs"),
      "@jax-js/jax": await versionOf("@jax-js/jax"),
    },
  };
}

async function versionOf(name) {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(await readFile(manifest, "utf8")).version;
}
