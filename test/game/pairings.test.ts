import { describe, expect, it } from "vitest";
import { pairingByName, pairingNames } from "../../src/game/pairings.js";

describe("pairings", () => {
  it("knows the short names, each a loss with a constraint", () => {
    const found = Object.fromEntries(
      pairingNames().map((name) => {
        const { loss, constraint } = pairingByName(name);
        expect(constraint.make({ lambda: 1, clip: 1 }).name).toBe(constraint.name);
        return [name, [loss.name, constraint.name]];
      }),
    );
    expect(found).toEqual({
      bce: ["bce", "none"],
      "bce-ns": ["bce-ns", "none"],
      hinge: ["hinge", "none"],
      ls: ["ls", "none"],
      rp: ["rp", "none"],
      "w-none": ["wasserstein", "none"],
      "w-clip": ["wasserstein", "clip"],
      "w-gp": ["wasserstein", "gp"],
      "w-lp": ["wasserstein", "lp"],
      "w-sn": ["wasserstein", "sn"],
      "w-orth": ["wasserstein", "orth"],
    });
  });

  it.each([
    ["hinge+sn", "hinge", "sn"],
    ["bce+gp", "bce", "gp"],
    ["bce-ns+lp", "bce-ns", "lp"],
    ["rp+r1r2", "rp", "r1r2"],
    ["wasserstein+clip", "wasserstein", "clip"],
  ])("makes any other of LOSS+CONSTRAINT: %s", (name, loss, constraint) => {
    const pairing = pairingByName(name);
    expect([pairing.loss.name, pairing.constraint.name]).toEqual([loss, constraint]);
  });

  it("counts capital letters as small ones, and has one name for each pairing", () => {
    expect(["W-GP", "Bce", "Hinge+SN"].map((name) => pairingByName(name).name)).toEqual(["w-gp", "bce", "hinge+sn"]);
  });

  it.each([
    ["wgan", "w-clip (weight clipping, as in the WGAN paper) or w-gp"],
    ["WGAN-GP", "w-gp?"],
    ["wgan_gp", "w-gp?"],
    ["vanilla", "bce (the minimax game)"],
    ["lsgan", "ls?"],
    ["sn-gan", "hinge+sn?"],
    ["dcgan", "bce-ns with the network dcgan (--network dcgan)?"],
    ["non-saturating", "bce-ns?"],
  ])("knows what the literature calls %s", (name, meant) => {
    expect(() => pairingByName(name)).toThrow(`There is no loss called "${name}". Did you mean ${meant}`);
  });

  it("hands each constraint its own settings", () => {
    const settings = { lambda: 3, clip: 0.5 };
    expect(pairingByName("w-gp").constraint.make(settings).title).toContain("lambda 3");
    expect(pairingByName("w-clip").constraint.make(settings).title).toContain("0.5");
    expect(() => pairingByName("w-gp").constraint.make({ lambda: -1 })).toThrow("must be a number from 0, not -1");
  });

  it.each([
    ["wgp", "w-gp"],
    ["bec", "bce"],
    ["hing+sn", "hinge+sn"],
    ["", "ls"],
    ["toString", ""],
    ["bce+gp+sn", "bce+gp"],
    ["+gp", "rp"],
  ])('refuses "%s" with the known names and the nearest, %s', (name, nearest) => {
    const refuse = () => pairingByName(name);
    expect(refuse).toThrow(expect.objectContaining({ name: "InputError" }));
    expect(refuse).toThrow(`There is no loss called "${name}". Did you mean ${nearest}`);
    expect(refuse).toThrow(`Known losses: ${pairingNames().join(", ")}`);
  });
});
