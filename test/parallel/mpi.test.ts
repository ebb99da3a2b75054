import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { InputError } from "../../src/errors.js";
import { joinMpi } from "../../src/parallel/mpi/joinMpi.js";
import type { MpiKind } from "../../src/parallel/mpi/launch.js";
import { createRng } from "../../src/random.js";
import { describeWithMpi, hasMpi, mpirun, type Outcome } from "./mpirun.js";

const run = promisify(execFile);
// Ranks run compiled files: `npm test` builds them first.
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const script = fileURLToPath(new URL("./rank.mjs", import.meta.url));

/** What the ranks of a job say in one of their tasks, in no order. */
function said<Said>(task: string, { code, stdout, stderr }: Outcome): Said[] {
  expect(code, stderr).toBe(0);
  const lines = stdout.trim().split("\n");
  return lines.map((line) => JSON.parse(line)).filter((said) => said.task === task);
}

interface Sums {
  readonly rank: number;
  readonly length: number;
  readonly hashes: readonly string[];
  readonly first: number;
  readonly last: number;
}

interface Waits {
  readonly rank: number;
  readonly ticks: number;
  /** Seconds of a core. */
  readonly busy: number;
}

/** The sum over ranks of the first and of the last number that each of them draws for every length, in float64. */
function expectedSums(size: number): Map<number, { first: number; last: number; magnitude: number }> {
  const generators = Array.from({ length: size }, (_, rank) => createRng(100 + rank));
  return new Map(
    [1, 1000, 300_001].map((length) => {
      const drawn = generators.map((rng) => Float32Array.from(rng.normals(length)));
      const sum = (pick: (numbers: Float32Array) => number | undefined) =>
        drawn.reduce((total, numbers) => total + (pick(numbers) ?? Number.NaN), 0);
      const magnitude = drawn.reduce(
        (total, [one = 0, ...rest]) => total + Math.abs(one) + Math.abs(rest.at(-1) ?? one),
        0,
      );
      return [length, { first: sum((numbers) => numbers[0]), last: sum((numbers) => numbers.at(-1)), magnitude }];
    }),
  );
}

const jobs: readonly (readonly [MpiKind, number])[] = [
  ["Open MPI", 2],
  ["Open MPI", 3],
  ["Open MPI", 4],
  ["MPICH", 2],
];

for (const kind of ["Open MPI", "MPICH"] as const)
  describeWithMpi(kind, `ranks of ${kind}`, () => {
    const sizes = jobs.flatMap(([one, size]) => (one === kind ? [size] : []));

    it.each(sizes)("%i of them: sums are the same bits in every run, and bytes arrive", async (size) => {
      const first = await mpirun(size, [script, "sums", "bytes"], { kind });
      const second = await mpirun(size, [script, "sums"], { kind });
      const all = [first, second].flatMap((outcome) => said<Sums>("sums", outcome));
      const ranks = Array.from({ length: size }, (_, rank) => rank);
      for (const [length, { first, last, magnitude }] of expectedSums(size)) {
        const sums = all.filter((one) => one.length === length);
        expect(sums.map(({ rank }) => rank).sort()).toEqual(ranks.flatMap((rank) => [rank, rank]));
        expect(new Set(sums.flatMap(({ hashes }) => hashes)).size).toBe(1);
        // Each of size - 1 additions rounds by half a unit in the last place at most.
        const rounding = (size - 1) * 2 ** -24 * magnitude;
        for (const sum of sums) {
          expect(Math.abs(sum.first - first)).toBeLessThanOrEqual(rounding);
          expect(Math.abs(sum.last - last)).toBeLessThanOrEqual(rounding);
        }
      }
      const bytes = said<{ rank: number }>("bytes", first).sort((a, b) => a.rank - b.rank);
      const gathered = ranks.map((rank) => (rank === 0 ? [0] : [rank * 5000, rank + 1]));
      expect(bytes).toEqual(ranks.map((rank) => ({ task: "bytes", rank, size, same: true, nothing: 0, gathered })));
    });

    it("a rank that waits does other work, and leaves its core to others", async () => {
      const waits = said<Waits>("waits", await mpirun(2, [script, "waits"], { kind }));
      const waiting = waits.find(({ rank }) => rank === 1);
      // Of fifty ticks of a timer, and of the half second for which it waits.
      expect(waiting?.ticks).toBeGreaterThan(15);
      expect(waiting?.busy).toBeLessThan(0.3);
    });

    it("an error of one rank ends the job with its exit code, and is said once", async () => {
      const { code, stderr } = await mpirun(2, [script, "wrong"], { kind });
      expect(code).toBe(2);
      expect(stderr.match(/this file is missing on rank 1 only/g)).toHaveLength(1);
    });

    it("a rank that is killed ends the job; Open MPI tells the others by SIGTERM", async () => {
      const { code, stdout } = await mpirun(2, [script, "killed"], { kind });
      expect(code).toBe(kind === "Open MPI" ? 137 : 9);
      expect(stdout.match(/"heard":.*/g) ?? []).toEqual(kind === "Open MPI" ? ['"heard":"SIGTERM"}'] : []);
    });
  });

describe("what is missing or wrong is said in a sentence", () => {
  it("koffi", async () => {
    const folder = await mkdtemp(join(tmpdir(), "monge-mpi-"));
    try {
      for (const path of ["errors.js", "quoting.js", "parallel/mpi"])
        await cp(join(dist, path), join(folder, path), { recursive: true });
      await writeFile(join(folder, "package.json"), '{ "type": "module" }');
      await writeFile(
        join(folder, "join.js"),
        'import { joinMpi } from "./parallel/mpi/joinMpi.js";\nawait joinMpi().catch(({ name, message }) => console.log(name, message));\n',
      );
      const { stdout } = await run(process.execPath, ["join.js"], { cwd: folder });
      expect(stdout.trim()).toBe(
        "InputError training over the ranks of an MPI job needs the package koffi: npm install koffi",
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("a library, where there is none by a name that is known", async () => {
    // Once, for this platform, before there seems to be another.
    await import("koffi");
    const platform = vi.spyOn(process, "platform", "get");
    try {
      platform.mockReturnValue(process.platform === "darwin" ? "linux" : "darwin");
      const env = { OMPI_COMM_WORLD_RANK: "0", OMPI_COMM_WORLD_SIZE: "2" };
      const error = await joinMpi({ env }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toMatch(
        /no library of Open MPI can be loaded \(.+\): `apt install openmpi-bin` or `brew install open-mpi`, or name its file in MONGE_MPI_LIBRARY$/,
      );
    } finally {
      platform.mockRestore();
    }
  });

  it("a file that is no library, and a library that is none of MPI", async () => {
    await expect(joinMpi({ env: {}, library: "/nowhere/libmpi.so" })).rejects.toThrow(
      /^the library of MPI that was named cannot be loaded: \/nowhere\/libmpi.so: /,
    );
    const other = { linux: "libm.so.6", darwin: "libSystem.B.dylib" }[process.platform as string];
    if (other === undefined) return;
    await expect(joinMpi({ env: { MONGE_MPI_LIBRARY: other } })).rejects.toThrow(
      /neither Open MPI nor MPICH \(it has no functions of MPI\)/,
    );
  });

  const both = hasMpi("Open MPI") && hasMpi("MPICH") && process.platform === "linux";
  it.runIf(both)("a library that is not that of mpirun", async () => {
    const { code, stderr } = await mpirun(2, [script, "bytes"], { env: { MONGE_MPI_LIBRARY: "libmpich.so.12" } });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /Open MPI's mpirun started 2 ranks, but MPICH [\d.]+ finds 1: name the library that belongs to it in MONGE_MPI_LIBRARY/,
    );
  });
});
