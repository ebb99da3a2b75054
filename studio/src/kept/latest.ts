/** Work that is asked for again while it is under way is done once more after it, however often that was, so that it ends with the newest. */
export function latest(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  let again = false;
  async function run(): Promise<void> {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      underWay = undefined;
    }
  }
  return () => {
    again = true;
    underWay ??= run();
    return underWay;
  };
}
