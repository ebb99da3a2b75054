import { afterEach, describe, expect, it, vi } from "vitest";
import { interruptible } from "../../src/cli/interrupt.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("Ctrl+C", () => {
  it("aborts the signal once, and ends the process only when it comes again later", async () => {
    const kill = vi.spyOn(process, "kill").mockReturnValue(true);
    const now = vi.spyOn(performance, "now");
    await interruptible(async (signal) => {
      expect(signal.aborted).toBe(false);
      now.mockReturnValue(1000);
      process.emit("SIGINT", "SIGINT");
      expect(signal.aborted).toBe(true);
      // npm hands the terminal's signal on: the same Ctrl+C a second time.
      now.mockReturnValue(1010);
      process.emit("SIGINT", "SIGINT");
      expect(kill).not.toHaveBeenCalled();
      now.mockReturnValue(3000);
      process.emit("SIGINT", "SIGINT");
      expect(kill).toHaveBeenCalledWith(process.pid, "SIGINT");
    });
  });

  it("is left alone when the work has ended, whose signal is then aborted", async () => {
    const before = process.listenerCount("SIGINT");
    let inside: AbortSignal | undefined;
    const work = interruptible(async (signal) => {
      inside = signal;
      throw new Error("failed");
    });
    await expect(work).rejects.toThrow("failed");
    expect(inside?.aborted).toBe(true);
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});
