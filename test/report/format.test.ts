import { expect, it } from "vitest";
import { formatModes, formatNumber, formatPercent, formatSpread } from "../../src/report/format.js";
import { spreadOf } from "../../src/report/summary.js";

/** With plain spaces, as a reader sees it. */
const seen = (text: string) => text.replaceAll("\u00a0", " ");

it.each([
  [null, "–"],
  [0, "0"],
  [0.5, "0.500"],
  [0.99996, "1.00"],
  [-1.386294, "−1.39"],
  [12.345, "12.3"],
  [1234.5, "1,235"],
  [99999.9, "1.0 × 10⁵"],
  [0.00099999, "0.00100"],
  [0.000994, "9.9 × 10⁻⁴"],
  [9.97e-5, "1.0 × 10⁻⁴"],
  [-2.345e-7, "−2.3 × 10⁻⁷"],
  [Number.NaN, "not a number"],
  [Number.NEGATIVE_INFINITY, "−∞"],
])("writes %s as %s", (value, text) => {
  expect(seen(formatNumber(value))).toBe(text);
});

it.each([
  [{ mean: 0.0312, error: null }, "0.0312"],
  [{ mean: 0.03124, error: 0.0021 }, "0.0312 ± 0.0021"],
  [{ mean: 24.6, error: 0.33 }, "24.60 ± 0.33"],
  [{ mean: 1100, error: 111 }, "1,100 ± 111"],
  [{ mean: 2.9e-4, error: 2e-5 }, "(2.90 ± 0.20) × 10⁻⁴"],
  [{ mean: 8, error: 0 }, "8.00 ± 0"],
])("gives a mean the digits that its error bears: %o", (spread, text) => {
  expect(seen(formatSpread(spread))).toBe(text);
});

it("says modes in whole numbers where they are whole", () => {
  expect(formatModes({ mean: 25, error: 0 }, 25)).toBe("25 of 25");
  expect(formatModes({ mean: 8.667, error: 0.333 }, 25)).toBe("8.7 ± 0.3 of 25");
  expect(formatPercent({ mean: 0.9, error: 0.01 })).toBe("90.0 ± 1.0 %");
});

it("takes the standard error of the mean over the finite numbers", () => {
  // 1, 2, 3: s = 1, and 1 / sqrt(3).
  expect(spreadOf([1, 2, Number.NaN, 3])).toEqual({ mean: 2, error: expect.closeTo(1 / Math.sqrt(3), 12) });
  expect(spreadOf([7])).toEqual({ mean: 7, error: null });
  expect(spreadOf([Number.NaN])).toBeNull();
});
