import type { Studio } from "../app/studio.js";
import { text } from "../language/index.js";
import { ExplainAll } from "../lessons/index.js";
import { LAYER_GROUPS, layersOf } from "./layers.js";

/** What both pictures show; of images, a walk between two latents. */
export function LayerToggles({ studio }: { readonly studio: Studio }) {
  const { controls, scene } = text();
  const isPlane = layersOf(studio.scene.value).length > 0;
  const shown = studio.layers.value;
  return (
    <fieldset class="layers">
      <legend class="spoken">{controls.layers}</legend>
      {isPlane &&
        LAYER_GROUPS.map(({ name, layers, terms }) => (
          <div key={name} class="layer-group">
            {terms.length > 0 ? (
              <ExplainAll terms={terms}>{controls.layerGroups[name]}</ExplainAll>
            ) : (
              <span>{controls.layerGroups[name]}</span>
            )}
            {layers.map((layer) => (
              <button
                key={layer}
                type="button"
                aria-pressed={shown.includes(layer)}
                onClick={() => studio.toggleLayer(layer)}
              >
                {scene.layers[layer]}
              </button>
            ))}
          </div>
        ))}
      {!isPlane && (
        <button type="button" onClick={studio.interpolate}>
          {studio.interpolation.value ? controls.interpolateAgain : controls.interpolate}
        </button>
      )}
    </fieldset>
  );
}
