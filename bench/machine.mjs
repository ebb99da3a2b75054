import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";

/**
 * What the figures were measured on and with.
 * @param {readonly string[]} packages of npm whose versions matter
 */
export async function machine(packages) {
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
      ...Object.fromEntries(await Promise.all(packages.map(async (name) => [name, await versionOf(name)]))),
    },
  };
}

async function versionOf(name) {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(await readFile(manifest, "utf8")).version;
}
