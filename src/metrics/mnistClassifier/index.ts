export { labelAccuracy } from "./labelAccuracy.js";
export { fashionClassifierFile, loadMnistClassifier, type MnistClassifier, mnistClassifierFile } from "./load.js";
export { classifierModel } from "./network.js";
export { type ClassifierTraining, trainClassifier } from "./train.js";
