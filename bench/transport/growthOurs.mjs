// Solves one problem of growth.mjs, and prints its distance, seconds and most resident memory: node growthOurs.mjs A B DIMENSION
import { readFileSync } from "node:fs";
import { exactTransportSync } from "../../dist/transport/exact.js";

const [aFile, bFile, dimension] = process.argv.slice(2);
const points = (file) => {
  const bytes = readFileSync(file);
  return { points: new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8), dimension: Number(dimension) };
};
const problem = { a: points(aFile), b: points(bFile) };
const started = process.cpuUsage();
const { cost } = exactTransportSync(problem);
const { user, system } = process.cpuUsage(started);
console.log(JSON.stringify({ cost, seconds: (user + system) / 1e6, mebibytes: process.resourceUsage().maxRSS / 1024 }));
