import type { FormulaName } from "../../lessons/formulas.js";

/** What the formulas of `lessons/formulas.ts` say, in words. */
export const formulas: Readonly<Record<FormulaName, string>> = {
  game: "Minimum over G, maximum over d, of the mean of log d of x, plus the mean of log of 1 minus d of G of z.",
  bceLong: "Minus: y times log of h of x, plus 1 minus y, times log of 1 minus h of x.",
  bceParts: "Minus log of h of x where y is 1, and minus log of 1 minus h of x where y is 0.",
  bce: "The mean of log d of x, plus the mean of log of 1 minus d of G of z.",
  wGame: "Minimum over G, maximum over c, of the mean of c of x minus the mean of c of G of z.",
  sigmoid: "d of x is the sigmoid of w times a of x plus b, between 0 and 1.",
  linear: "c of x is w times a of x plus b, any real number.",
  saturation: "The derivative of log of 1 minus d by l is minus d, where d is the sigmoid of l.",
  distance: "W1 is the minimum over plans gamma of the mean distance between x and y, paired by gamma.",
  dual: "W1 is the maximum, over critics c that are 1-Lipschitz, of the mean of c of x minus the mean of c of G of z.",
  estimate: "The mean of c of x minus the mean of c of G of z.",
  debiased:
    "W1 of reals and fakes, minus half of W1 of reals and other reals, minus half of W1 of fakes and other fakes.",
  settled: "The mean of c star of x minus the mean of c star of G of z, where c star is the copy that was trained on.",
  condition: "The difference between c of x and c of y is at most the distance between x and y, for all x and y.",
  penalty:
    "Lambda times the mean of the square of the slope of c at x hat minus 1; x hat is a random point between a real x and a fake G of z.",
  feedback: "The mean over n fakes of the norm of the gradient of the generator's loss by that fake.",
  slope: "The norm of the gradient of c at x.",
};
