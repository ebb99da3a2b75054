export { frameLayers, SCENE_LAYERS, type SceneLayer } from "./layers.js";
export { SceneView, type SceneViewProps } from "./SceneView.js";
