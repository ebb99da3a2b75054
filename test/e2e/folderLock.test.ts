import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const PROCESSES = 20;
const module = new URL("../../dist/runs/folderLock.js", import.meta.url);
/** Locks each folder that it is told of, and says whether it could; without a folder it lets go. */
const contender = `
  import { lockFolder } from ${JSON.stringify(module.href)};
  let lock;
  process.on("message", async ({ folder }) => {
    if (folder) {
      try { lock = await lockFolder(folder); process.send("locked"); } catch ({ message }) { process.send(message); }
    } else {
      await lock?.release();
      lock = undefined;
      process.send("free");
    }
  });
  process.send("ready");
`;

let folder: string;
let contenders: ChildProcess[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-lock-"));
  contenders = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", contender], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    }),
  );
  await Promise.all(contenders.map((child) => once(child, "message")));
});

afterAll(async () => {
  for (const child of contenders) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

async function tell(children: readonly ChildProcess[], message: object): Promise<string[]> {
  return Promise.all(
    children.map(async (child) => {
      child.send(message);
      return String((await once(child, "message"))[0]);
    }),
  );
}

/** A lock that a process left which has ended. */
async function leaveLock(path: string): Promise<void> {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const holder = { id: path, process: { host: hostname(), id: pid, started: null }, since: new Date(0).toISOString() };
  await mkdir(join(path, ".lock"), { recursive: true });
  await writeFile(join(path, ".lock", "holder.json"), JSON.stringify(holder));
}

it.each([
  ["that is new", async () => {}],
  ["whose lock was left behind", (path: string) => leaveLock(path)],
  [
    "whose lock was left behind by one, and by another that was about to remove it",
    async (path: string) => {
      await leaveLock(path);
      await leaveLock(join(path, ".lock"));
    },
  ],
])("of many processes that lock a folder %s at once exactly one does", async (name, prepare) => {
  for (let round = 0; round < 15; round++) {
    const path = join(folder, `${name.length}-${round}`);
    await prepare(path);
    const answers = await tell(contenders, { folder: path });
    const holders = contenders.filter((_, i) => answers[i] === "locked");
    expect(holders, answers.join("\n")).toHaveLength(1);
    const by = `is in use by process ${holders[0]!.pid} on ${hostname()}, since `;
    for (const answer of answers) if (answer !== "locked") expect(answer).toContain(`${path} ${by}`);
    await tell(holders, {});
    expect(await readdir(path)).toEqual([]);
  }
});

it("a lock whose process was killed is free for the next", async () => {
  const path = join(folder, "killed");
  const [first, second] = contenders.slice(-2) as [ChildProcess, ChildProcess];
  expect(await tell([first], { folder: path })).toEqual(["locked"]);
  const refused = /in use by process \d+ on .*: wait for it, stop it, or choose another folder\.$/;
  expect((await tell([second], { folder: path }))[0]).toMatch(refused);
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(await tell([second], { folder: path })).toEqual(["locked"]);
  contenders.splice(-2, 1);
});
