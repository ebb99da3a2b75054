/** What the page itself finds wrong in a worker, which does not know the reader's language: the page has a sentence for each. */
export type Problem = "digits" | "noPoints" | "notStarted";

export class ProblemError extends Error {
  override readonly name = "ProblemError";
  constructor(readonly problem: Problem) {
    super(problem);
  }
}
