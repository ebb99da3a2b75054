import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { checkUnlocked, lockFolder, whileLocked } from "../../src/runs/folderLock.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Locks the folder, and lets the lock say another process. */
async function lockedBy(changed: object): Promise<void> {
  await lockFolder(folder);
  const file = join(folder, ".lock", "holder.json");
  const { process: by, ...holder } = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...holder, process: { ...by, ...changed } }));
}

it("a folder is made, locked once, and left as it was", async () => {
  const path = join(folder, "new", "run");
  const lock = await lockFolder(path);
  await expect(lockFolder(path)).rejects.toThrow(`${path} is in use by process ${process.pid} on `);
  await expect(checkUnlocked(path)).rejects.toThrow(InputError);
  await lock.release();
  expect(await readdir(path)).toEqual([]);
  await (await lockFolder(path)).release();
});

it("work is done under a lock, and folders that were made for it go where it fails before it writes", async () => {
  const path = join(folder, "new", "run");
  const failing = whileLocked(path, async () => {
    await expect(lockFolder(path)).rejects.toThrow("is in use");
    throw new InputError("the work failed");
  });
  await expect(failing).rejects.toThrow("the work failed");
  expect(await readdir(folder)).toEqual([]);
  expect(await whileLocked(path, () => writeFile(join(path, "result"), "").then(() => 1))).toBe(1);
  expect(await readdir(path)).toEqual(["result"]);
});

it("a lock of another machine is believed, and the sentence says what to delete", async () => {
  await lockedBy({ host: "elsewhere" });
  await expect(lockFolder(folder)).rejects.toThrow(
    / on elsewhere, since \d{4}-.*: if that process has ended, delete .*\.lock\.$/,
  );
});

it.runIf(process.platform === "linux")("a lock whose process's id another has by now is taken over", async () => {
  await lockedBy({ started: "another boot 1" });
  await (await lockFolder(folder)).release();
  expect(await readdir(folder)).toEqual([]);
});

it("a lock that cannot be read is refused, and the sentence says what to delete", async () => {
  await mkdir(join(folder, ".lock"));
  await writeFile(join(folder, ".lock", "holder.json"), "{");
  await expect(lockFolder(folder)).rejects.toThrow(/\.lock is not a lock of this version of monge: delete it if/);
});

it("nothing at or below a file is locked, and no lock is said to be there", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  for (const path of [file, join(file, "run")]) {
    expect(await checkUnlocked(path)).toBeUndefined();
    await expect(lockFolder(path)).rejects.toThrow(/is a file, and a folder is needed|not a directory/);
  }
});

it("a folder that cannot be written is not locked", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(lockFolder(join(folder, "file"))).rejects.toThrow(/file is a file, and a folder is needed there/);
});
