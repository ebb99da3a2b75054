export { type ImageGridOptions, imageGrid } from "../figures/imageGrid.js";
export { type AnimationOptions, animation, animationFormats } from "./animation.js";
export { type Drawing, svgFile } from "./drawing/drawing.js";
export { pngFile } from "./drawing/pngFile.js";
export { type Look, looksOf } from "./looks.js";
export { writeReport } from "./report.js";
export { REPORT } from "./reportFiles.js";
export { loadResults, resultsText } from "./resultsFile.js";
export { FOLLOWED, followable, UNFINISHED } from "./unfinished.js";
