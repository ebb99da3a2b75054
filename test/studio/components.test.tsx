/** @jsxImportSource preact */
import { signal } from "@preact/signals";
import { parseHTML } from "linkedom";
import { type ComponentChild, render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { constraints } from "../../src/lipschitz/index.js";
import { losses } from "../../src/losses/index.js";
import type { Studio } from "../../studio/src/app/studio.js";
import { Transport } from "../../studio/src/controls/Transport.js";
import { Formula } from "../../studio/src/lessons/Formula.js";
import { FORMULAS } from "../../studio/src/lessons/formulas.js";
import { gameTex } from "../../studio/src/lessons/game.js";
import { DEFAULTS } from "../../studio/src/settings/defaults.js";

let body: HTMLElement;
beforeEach(() => {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  vi.stubGlobal("document", document);
  body = document.body;
});
afterEach(() => vi.unstubAllGlobals());

/** What a component has drawn. */
function drawn(component: ComponentChild): HTMLElement {
  render(component, body);
  return body;
}

describe("a formula", () => {
  const games = losses.names.flatMap((loss) => constraints.names.map((constraint) => gameTex({ loss, constraint })));

  it("is set by the page itself, without a request, and shows no source", () => {
    vi.stubGlobal("fetch", () => expect.fail("asked the server"));
    for (const tex of [...Object.values(FORMULAS), ...games]) {
      const formula = drawn(<Formula tex={tex} label="in words" />);
      expect(formula.querySelector("math"), tex).not.toBeNull();
      expect(formula.querySelector(".katex-html")?.textContent, tex).toMatch(/^[^\\$]+$/);
      expect(formula.querySelector("[role=math]")?.getAttribute("aria-label")).toBe("in words");
    }
  });
});

describe("the transport", () => {
  /** Whether Play and the two steps can be pressed. */
  function pressable(state: "paused" | "over"): readonly boolean[] {
    const studio: Pick<Studio, "state" | "settings" | "speed"> & { readonly session: unknown } = {
      session: { playing: signal(false), scene: signal({}), error: signal(null) },
      state: signal(state),
      settings: signal(DEFAULTS),
      speed: signal(null),
    };
    const buttons = drawn(<Transport studio={studio as Studio} />).querySelectorAll("button");
    return Array.from(buttons, (button) => !button.hasAttribute("disabled"));
  }

  it("cannot be played or stepped once both sides have diverged, only begun anew", () => {
    expect(pressable("paused")).toEqual([true, true, true, true]);
    expect(pressable("over")).toEqual([false, false, false, true]);
  });
});
