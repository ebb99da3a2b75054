import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { hasMpi, type MpirunOptions } from "./mpirun.js";

/** Two hosts that are network namespaces of this machine: each has an address of its own, and nothing but a cable joins them. */
export interface TwoHosts {
  /** Makes `mpirun` start on the first of them and put one rank after the other on both, which meet by TCP. */
  readonly options: Pick<MpirunOptions, "through" | "flags">;
  /** How many bytes the second has received over the cable. */
  received(): number;
  close(): void;
}

/** The second host goes by this address, and the first by the one before. */
const addresses = ["10.83.0.1", "10.83.0.2"] as const;
const network = "10.83.0.0/24";

const ip = (...argv: string[]) => execFileSync("ip", argv, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Sets up both hosts, whose command for starting something on the other one is, instead of ssh, one that enters its namespace. */
export function openTwoHosts(): TwoHosts {
  const folder = mkdtempSync(join(tmpdir(), "monge-hosts-"));
  const names = addresses.map((_, host) => `monge-${process.pid}-${host}`);
  const [first = "", second = ""] = names;
  const close = () => {
    rmSync(folder, { recursive: true });
    const present = ip("netns", "list");
    for (const name of names) if (present.includes(name)) ip("netns", "delete", name);
  };
  try {
    for (const name of names) ip("netns", "add", name);
    ip("-n", first, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", second);
    names.forEach((name, host) => {
      ip("-n", name, "address", "add", `${addresses[host]}/24`, "dev", "cable");
      for (const device of ["lo", "cable"]) ip("-n", name, "link", "set", device, "up");
    });
    const agent = join(folder, "agent");
    writeFileSync(agent, `#!/bin/sh\nshift\nexec ip netns exec ${second} sh -c "$*"\n`, { mode: 0o755 });
    const parameters = {
      plm_rsh_agent: agent,
      btl: "tcp,self",
      btl_tcp_if_include: network,
      oob_tcp_if_include: network,
    };
    return {
      options: {
        through: ["ip", "netns", "exec", first],
        flags: [
          ...["--host", addresses.join(), "--map-by", "node"],
          ...Object.entries(parameters).flatMap(([name, value]) => ["--mca", name, value]),
        ],
      },
      received: () => JSON.parse(ip("-n", second, "-s", "-j", "link", "show", "cable"))[0].stats64.rx.bytes,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** `describe` for tests on two hosts. Where they cannot be set up the tests are skipped, and it is said loudly. */
export function describeOnTwoHosts(name: string, tests: () => void): void {
  const problem = hasMpi("Open MPI") ? problemOfHosts() : "No mpirun of Open MPI was found (apt install openmpi-bin).";
  if (problem) console.warn(`SKIPPED: ${name}. ${problem}`);
  describe.skipIf(problem !== undefined)(name, tests);
}

function problemOfHosts(): string | undefined {
  try {
    openTwoHosts().close();
    return undefined;
  } catch (error) {
    const [reason] = String(error).split("\n").slice(-2);
    return `Network namespaces need Linux, root and the command ip (apt install iproute2): ${reason}`;
  }
}
