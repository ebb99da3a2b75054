export { COLORS, type Colors, colorsOf, type Theme } from "./colors.js";
export { drawScenes, type KeptOptions, type KeptPicture, scenePng, sceneSvg } from "./export.js";
export { frameLayers, SCENE_LAYERS, type SceneLayer } from "./layers.js";
export { SceneView, type SceneViewProps } from "./SceneView.js";
export { theme } from "./theme.js";
