import { expect, it } from "vitest";
import { latest } from "../../studio/src/kept/latest.js";

it("work that is asked for while it is under way is done once more, and sees the newest", async () => {
  const seen: number[] = [];
  let now = 1;
  let finish = () => {};
  const keep = latest(async () => {
    seen.push(now);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  const done = keep();
  for (now = 2; now < 5; now++) void keep();
  finish();
  await expect.poll(() => seen).toEqual([1, 5]);
  finish();
  await done;
  expect(seen).toEqual([1, 5]);
  void keep();
  expect(seen).toEqual([1, 5, 5]);
});
