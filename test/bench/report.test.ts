import { describe, expect, it } from "vitest";
import {
  agreementTable,
  alongside,
  compared,
  markdownTable,
  notes,
  notesOfPeers,
  peakOf,
  terminalTable,
  withPeakShare,
} from "../../bench/report.mjs";

const ours = { times: [0.02, 0.01, 0.03] };
const agreement = { parameters: 0.001, losses: 1e-5, agrees: true };
const slower = { name: "slow", times: [0.05, 0.06, 0.1], settings: "threads 2", agreement };
const wrong = { name: "wrong", times: [], agreement: { parameters: 1.25, losses: 0.5, agrees: false } };
const missing = { name: "missing", times: [], absent: "it is not installed" };
const entry = compared("toy", ours, [slower, wrong, missing]);

describe("a row's entry", () => {
  it("has median and minimum of ours and of the peer, and the ratio of their medians with ours below", () => {
    expect(entry.ours).toEqual({ median: 0.02, min: 0.01, turns: 3 });
    expect(entry.peers.slow).toMatchObject({ median: 0.06, min: 0.05, turns: 3 });
    expect(entry.peers.slow).toHaveProperty("ratio", expect.closeTo(3, 10));
  });

  it("keeps a peer that is absent or disagrees, with the reason and without a time", () => {
    expect(entry.peers.missing).toEqual({ absent: "it is not installed" });
    expect(Object.keys(entry.peers.wrong!)).toEqual(["disagrees"]);
    expect(entry.peers.wrong).toHaveProperty("disagrees", expect.stringContaining("parameters by 125 %"));
  });

  it("has no time of a peer that failed after some turns", () => {
    const failed = compared("toy", ours, [{ ...slower, absent: "it ended with SIGKILL" }]);
    expect(failed.peers.slow).toEqual({ absent: "it ended with SIGKILL" });
  });

  describe("the share of the peak", () => {
    const chain = (width: number, times: number[], peers: Parameters<typeof compared>[2] = []) => ({
      ...compared("gemm", { times }, peers),
      flops: 1e9,
      width,
    });
    const plane = { network: "mlp", width: 128 };

    it("is work over our median, over the best rate of a chain of that width, whoever reaches it", () => {
      const chains = [chain(128, [0.5, 0.25]), chain(512, [0.1])];
      expect(peakOf(chains, plane)).toBeCloseTo(4e9, 0);
      expect(peakOf([...chains, chain(128, [1], [{ name: "peer", times: [0.2] }])], plane)).toBeCloseTo(5e9, 0);
      expect(withPeakShare(entry, 2e7, 4e9).peakShare).toBeCloseTo(2e7 / entry.ours.median / 4e9, 10);
    });

    it("is that of the best chain of all in images, and none where no chain was measured", () => {
      expect(peakOf([chain(128, [0.5]), chain(512, [0.1])], { network: "dcgan", width: 32 })).toBeCloseTo(1e10, 0);
      expect(peakOf([entry], plane)).toBeUndefined();
    });

    it("fails above 1, which no peak allows", () => {
      expect(() => withPeakShare(entry, 1e9, 1e9)).toThrow(
        /^toy does \d+ % of what the fastest chain of products does/,
      );
    });
  });
});

describe("a row of peers alone", () => {
  const peers = alongside("toy", [missing, wrong, slower, { name: "slowest", times: [0.12] }]);

  it("has ratios to the first that has figures", () => {
    expect(peers).not.toHaveProperty("ours");
    expect(peers.peers.slow).toMatchObject({ median: 0.06, ratio: 1 });
    expect(peers.peers.slowest).toHaveProperty("ratio", expect.closeTo(2, 10));
    expect(peers.peers).toMatchObject({
      missing: { absent: "it is not installed" },
      wrong: { disagrees: expect.any(String) },
    });
  });

  it("has one note for all rows in which a peer has the same", () => {
    const other = alongside("images", [missing, { name: "slow", times: [0.2] }]);
    expect(notesOfPeers([peers, other])).toEqual([
      "missing: absent; it is not installed (toy; images)",
      expect.stringMatching(/^wrong: no time; .* \(toy\)$/),
      "slow: threads 2 (toy)",
      "slowest: one turn (toy)",
      "slow: one turn (images)",
    ]);
  });

  it("has how far each that has a time is from what it was compared with", () => {
    const lines = agreementTable([peers], ["missing", "slow", "slowest"]).split("\n");
    expect(lines.at(-1)).toBe("| toy |  | 0.1 %, 0.00001 |  |");
  });

  it("has no column of ours, and those that are asked for", () => {
    expect(markdownTable([peers], ["slow", "nobody"]).split("\n")).toEqual([
      "|  | slow | nobody |",
      "| --- | --- | --- |",
      "| toy | 60 ms (50) 1× |  |",
    ]);
  });
});

describe("the table", () => {
  it("in Markdown has a column a participant and names what has no time", () => {
    expect(markdownTable([entry]).split("\n")).toEqual([
      "|  | Monge | slow | wrong | missing |",
      "| --- | --- | --- | --- | --- |",
      "| toy | 20 ms (10) | 60 ms (50) 3× | disagrees | absent |",
    ]);
  });

  it("leaves a cell empty where a participant has no part in a row", () => {
    const lines = markdownTable([compared("alone", ours, []), compared("long", { times: [2.5] }, [slower])]).split(
      "\n",
    );
    expect(lines.slice(2)).toEqual(["| alone | 20 ms (10) |  |", "| long | 2.5 s | 60 ms (50) 0.024× |"]);
  });

  it("on a terminal has the same cells", () => {
    for (const text of ["20 ms (10)", "60 ms (50) 3×", "disagrees", "absent"]) {
      expect(terminalTable([entry])).toContain(text);
    }
  });

  it("is followed by settings and reasons", () => {
    expect(notes([entry])).toEqual([
      "toy, slow: threads 2",
      expect.stringMatching(/^toy, wrong: no time; its losses differ from ours by 0\.50/),
      "toy, missing: absent; it is not installed",
    ]);
  });
});
