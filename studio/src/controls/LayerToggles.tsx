import type { Studio } from "../app/studio.js";
import { text } from "../language/index.js";
import type { SceneLayer } from "../scene/index.js";
import { Explain, type Term } from "../tour/index.js";
import { layersOf } from "./layers.js";

const TERMS: Readonly<Partial<Record<SceneLayer, Term>>> = {
  surface: "surface",
  slope: "slope",
  contours: "contours",
  manifold: "manifold",
  plan: "plan",
  arrows: "arrows",
};

/** What both pictures show; of images, a walk between two latents. */
export function LayerToggles({ studio }: { readonly studio: Studio }) {
  const { controls, scene } = text();
  const layers = layersOf(studio.scene.value);
  const shown = studio.layers.value;
  return (
    <fieldset class="layers">
      <legend class="spoken">{controls.layers}</legend>
      {layers.map((layer) => {
        const term = TERMS[layer];
        return (
          <span class="layer" key={layer}>
            <button type="button" aria-pressed={shown.includes(layer)} onClick={() => studio.toggleLayer(layer)}>
              {scene.layers[layer]}
            </button>
            {term && <Explain term={term} />}
          </span>
        );
      })}
      {layers.length === 0 && (
        <button type="button" onClick={studio.interpolate}>
          {studio.interpolation.value ? controls.interpolateAgain : controls.interpolate}
        </button>
      )}
    </fieldset>
  );
}
