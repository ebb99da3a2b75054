import { type Drawing, svgFile } from "./drawing.js";

/** The picture of `svgFile` as PNG, `scale` pixels to one of the drawing's. */
export async function pngFile(picture: Drawing, scale = 2): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return await sharp(Buffer.from(svgFile(picture)), { density: 72 * scale, unlimited: true })
    .png({ compressionLevel: 9, palette: true, effort: 4 })
    .toBuffer();
}
