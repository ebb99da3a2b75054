import { useEffect, useRef } from "preact/hooks";
import type { Bitmap as Pixels } from "../scene/pens/pen.js";

/** Pixels as a picture, as large as its place allows. @param isSmooth whether a pixel runs into the next one */
export function Bitmap({ bitmap, isSmooth = false }: { readonly bitmap: Pixels; readonly isSmooth?: boolean }) {
  const { width, height, pixels } = bitmap;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current!.getContext("2d")!.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [bitmap]);
  return <canvas ref={canvas} class={isSmooth ? "smooth" : ""} width={width} height={height} />;
}
