import type { Page, Worker } from "playwright-core";
import { expect } from "vitest";

/** The workers of both sides, once the page has begun them. */
export async function sideWorkersOf(page: Page): Promise<readonly Worker[]> {
  const found = () => page.workers().filter((worker) => worker.url().includes("sideWorker"));
  await expect.poll(() => found().length).toBe(2);
  return found();
}
