/**
 * Samples that an evaluation of points is made on, and sets of them: fewer than on the command line, so that it takes a fraction of a
 * second.
 */
export const EVALUATED = { points: 500, sets: 2 } as const;
