import { InputError } from "../../errors.js";

/** The packages that a queue is made of; nothing else needs them. */
export interface QueuePackages {
  readonly bullmq: typeof import("bullmq");
  readonly Redis: typeof import("ioredis").Redis;
}

/** @throws InputError where one is not installed */
export async function queuePackages(): Promise<QueuePackages> {
  try {
    const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq, Redis };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")
      throw new InputError("A queue needs two packages that are not installed: npm install bullmq ioredis");
    throw error;
  }
}
