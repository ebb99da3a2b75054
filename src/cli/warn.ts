/** Tells on standard error what a user should know. */
export function warn(sentences: readonly string[]): void {
  for (const sentence of sentences) process.stderr.write(`monge: ${sentence}\n`);
}
