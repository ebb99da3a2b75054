// Draws docs/images/architecture.svg: the folders of src as rooms, an arrow for what each imports: node docs/drawArchitecture.mjs
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../src", import.meta.url));

/** What each folder is for; a folder that is not here stops the drawing. */
const PURPOSES = {
  cli: "the commands of monge",
  sweeps: "grids of runs, resumable",
  studioServer: "serves the page and saved runs",
  protocols: "verify critics, count modes",
  report: "pictures, tables, the HTML page",
  runs: "config, checkpoints, comparisons",
  logging: "TensorBoard, MLflow, CSV, JSON",
  training: "the loop: steps, events, snapshots",
  metrics: "one object a figure, evaluation",
  figures: "what pictures are drawn from",
  game: "players, objectives, the step's graph",
  networks: "layers and architectures",
  losses: "what both players minimise",
  lipschitz: "what holds a critic 1-Lipschitz",
  optimizers: "updates and schedules",
  data: "sources, codecs, data sets",
  tables: "columns: types, schema, rules",
  synthesis: "a prior of rows, calibration",
  judge: "how good synthetic tables are",
  transport: "exact and approximate transport",
  engine: "tensors, gradients, lowering, ONNX",
  parallel: "work in threads",
};

const BOX = { width: 232, height: 56, across: 22, down: 48 };
const PADDING = 24;

/** The folders of src, and which others each imports. */
function rooms() {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const found = new Map();
  for (const file of files) {
    const [name, inside] = file.split("/");
    if (inside === undefined) continue;
    if (!(name in PURPOSES)) throw new Error(`docs/drawArchitecture.mjs does not say what src/${name} is for`);
    const room = found.get(name) ?? { name, imports: new Set() };
    for (const { fileName } of ts.preProcessFile(readFileSync(join(root, file), "utf8")).importedFiles) {
      const [other, rest] = join(dirname(file), fileName).split("/");
      if (fileName.startsWith(".") && rest !== undefined && other !== name) room.imports.add(other);
    }
    found.set(name, room);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** How many rooms lie below each on the longest way down; throws where a way leads back. */
function levels(all) {
  const known = new Map();
  const visit = (name, way) => {
    if (way.includes(name)) throw new Error(`folders import each other: ${[...way, name].join(" > ")}`);
    if (!known.has(name)) {
      const below = [...all.find((room) => room.name === name).imports].map((other) => visit(other, [...way, name]));
      known.set(name, Math.max(-1, ...below) + 1);
    }
    return known.get(name);
  };
  for (const { name } of all) visit(name, []);
  return known;
}

/** Without the arrows that a longer way says already. */
function direct({ imports }, all) {
  const reached = (name) => {
    const room = all.find((one) => one.name === name);
    return [...room.imports].flatMap((other) => [other, ...reached(other)]);
  };
  const further = new Set([...imports].flatMap(reached));
  return [...imports].filter((name) => !further.has(name));
}

export function drawing() {
  const all = rooms();
  const level = levels(all);
  const top = Math.max(...level.values());
  const rows = Array.from({ length: top + 1 }, (_, i) => all.filter(({ name }) => level.get(name) === top - i));
  const widest = Math.max(...rows.map((row) => row.length));
  const width = widest * (BOX.width + BOX.across) - BOX.across + 2 * PADDING;
  const height = rows.length * (BOX.height + BOX.down) - BOX.down + 2 * PADDING;
  const places = new Map();
  rows.forEach((row, i) => {
    const extent = row.length * (BOX.width + BOX.across) - BOX.across;
    row.forEach(({ name }, k) => {
      const x = (width - extent) / 2 + k * (BOX.width + BOX.across);
      places.set(name, { x, y: PADDING + i * (BOX.height + BOX.down) });
    });
  });
  const arrows = all.flatMap((room) =>
    direct(room, all).map((other) => {
      const [from, to] = [places.get(room.name), places.get(other)];
      const [x1, y1] = [from.x + BOX.width / 2, from.y + BOX.height];
      const [x2, y2] = [to.x + BOX.width / 2, to.y - 3];
      const bend = (y2 - y1) / 2;
      return `<path d="M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}" marker-end="url(#tip)"/>`;
    }),
  );
  const boxes = all.map(({ name }) => {
    const { x, y } = places.get(name);
    const text = (dy, size, words, weight = 400) =>
      `<text x="${x + 12}" y="${y + dy}" font-size="${size}" font-weight="${weight}">${words}</text>`;
    return [
      `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6" fill="#f4f6fa" stroke="#c6cfdd"/>`,
      text(23, 15, `${name}/`, 600),
      text(42, 11.5, PURPOSES[name]),
    ].join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" font-family="system-ui, sans-serif">
<title>The folders of src and what they import</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#4a6fa5"/></marker></defs>
<rect width="${width}" height="${height}" fill="#fff"/>
<g fill="none" stroke="#4a6fa5" stroke-width="1.2">
${arrows.join("\n")}
</g>
<g fill="#222">
${boxes.join("\n")}
</g>
</svg>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("images/architecture.svg", import.meta.url), drawing());
}
