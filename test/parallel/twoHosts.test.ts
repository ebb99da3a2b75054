import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mpirun } from "./mpirun.js";
import { describeOnTwoHosts, openTwoHosts, type TwoHosts } from "./twoHosts.js";

const script = fileURLToPath(new URL("./rank.mjs", import.meta.url));

describeOnTwoHosts("ranks on two hosts", () => {
  let hosts: TwoHosts;
  beforeAll(() => {
    hosts = openTwoHosts();
  });
  afterAll(() => hosts.close());

  it("have the same sums as on one host, which go over the network", async () => {
    const before = hosts.received();
    const there = await mpirun(2, [script, "sums", "bytes"], hosts.options);
    const received = hosts.received() - before;
    const here = await mpirun(2, [script, "sums", "bytes"]);
    expect(there.code, there.stderr).toBe(0);
    const lines = there.stdout.trim().split("\n");
    expect(lines).toHaveLength(8);
    expect(lines.sort()).toEqual(here.stdout.trim().split("\n").sort());
    // Five sums of 300,001 numbers of four bytes, of which half at least come from the other.
    expect(received).toBeGreaterThan((5 * 300_001 * 4) / 2);
  });

  it("a rank that is killed on the other host ends the job", async () => {
    const { code } = await mpirun(2, [script, "killed"], hosts.options);
    // Often 137. Open MPI may end the other rank itself, as soon as the connection breaks, before SIGTERM is heard.
    expect(code).toBeGreaterThan(0);
  });
});
