import { text } from "../language/index.js";
import { drawScenes, type KeptOptions, type KeptPicture } from "../scene/index.js";

const PER_SECOND = 15;
/** A video is ten seconds long at most: of more frames as many are taken, at equal distances. */
const MOST_FRAMES = 150;
/** Of each picture, in pixels. */
const WIDTH = 420;
const TYPES = ["video/webm;codecs=vp9", "video/webm", "video/mp4"];

/** What this browser records a video as; `undefined` where it records none. */
export const videoType: string | undefined = globalThis.MediaRecorder
  ? TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  : undefined;

/**
 * A video of frames, each some pictures beside each other. It is recorded while it plays, which takes as long as the video lasts.
 * @throws where this browser records no video
 */
export async function videoOf(
  frames: readonly (() => readonly KeptPicture[])[],
  options: Pick<KeptOptions, "theme">,
): Promise<Blob> {
  if (!videoType) throw new Error(text().download.noVideo);
  const count = Math.min(frames.length, MOST_FRAMES);
  const taken = Array.from(
    { length: count },
    (_, i) => frames[Math.round((i * (frames.length - 1)) / (count - 1 || 1))]!,
  );
  const canvas = document.createElement("canvas");
  const draw = (pictures: readonly KeptPicture[]) =>
    drawScenes(canvas, pictures, { ...options, width: WIDTH, scale: 1 });
  draw(taken[0]!());
  const stream = canvas.captureStream(PER_SECOND);
  const recorder = new MediaRecorder(stream, { mimeType: videoType });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.start();
  for (const pictures of taken) {
    draw(pictures());
    await new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND));
  }
  recorder.stop();
  await stopped;
  return new Blob(parts, { type: videoType });
}
