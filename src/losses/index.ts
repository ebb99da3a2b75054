export { binaryCrossEntropy } from "./bce.js";
export * from "./catalogue.js";
export { type AdversarialLoss, defineLoss, type LossEntry, type Scores } from "./loss.js";
