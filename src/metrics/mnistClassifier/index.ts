export { labelAccuracy } from "./labelAccuracy.js";
export { loadMnistClassifier, type MnistClassifier, mnistClassifierFile } from "./load.js";
export { classifierModel } from "./network.js";
export { type ClassifierTraining, trainMnistClassifier } from "./train.js";
