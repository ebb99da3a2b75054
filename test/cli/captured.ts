import { vi } from "vitest";

/** What a command line that runs in this process printed, and its exit code. */
export interface Captured {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process and catches what it writes. */
export async function captured(run: () => Promise<number>): Promise<Captured> {
  let [out, err] = ["", ""];
  const stdout = vi.spyOn(process.stdout, "write").mockImplementation((text, ...more: unknown[]) => {
    out += text;
    const done = more.at(-1);
    if (typeof done === "function") done();
    return true;
  });
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += text;
    return true;
  });
  try {
    return { code: await run(), out, err };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
