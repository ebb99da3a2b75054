import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { text } from "../language/index.js";
import { colorsOf, type Look } from "./colors.js";
import { describe } from "./describe.js";
import { createPainter, type Painter } from "./painter.js";
import { movingParts, type PictureParts } from "./picture.js";
import { pictureOf } from "./pictureOf.js";
import { Reading } from "./Reading.js";
import "./scene.css";
import { theme } from "./theme.js";

export interface SceneViewProps extends PictureParts {
  /** Which side it is, for screen readers and at the head of an exported picture: "Left: BCE". */
  readonly label: string;
  /** Of the side. */
  readonly look: Look;
  /** Called once each new frame is on the screen. */
  readonly onDrawn?: () => void;
}

/** One side of the page: as wide as the room it is given, and as high as what it shows. */
export function SceneView({ scene, frame, layers, label, look, interpolation = null, onDrawn }: SceneViewProps) {
  const words = text().scene;
  const shade = theme();
  const colors = useMemo(() => colorsOf(shade, look), [shade, look.color, look.mark]);
  const parts = { scene, frame, layers, interpolation };
  const shown = layers.join(" ");
  const picture = useMemo(() => pictureOf(parts, colors, words), [scene, frame, shown, interpolation, colors, words]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter>(null);
  const drawnFrame = useRef<unknown>(null);
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const element = canvas.current!;
    const made = createPainter(element);
    painter.current = made;
    const observer = new ResizeObserver(([entry]) => {
      const across = Math.floor(entry!.contentRect.width);
      made.resize(across);
      setWidth(across);
    });
    observer.observe(element.parentElement!);
    return () => {
      observer.disconnect();
      made.close();
    };
  }, []);

  useEffect(() => {
    const changed = drawnFrame.current !== frame;
    drawnFrame.current = frame;
    painter.current?.show(picture, movingParts(parts), changed, onDrawn);
  }, [picture]);

  const plane = width > 0 ? picture.planeAt(width) : null;
  return (
    <div class="scene">
      <canvas ref={canvas} role="img" aria-label={`${label}. ${describe(parts, words)}`} />
      {plane && frame && (frame.surface || frame.slope) && <Reading frame={frame} plane={plane} />}
    </div>
  );
}
