import { type Bytes, bytesOf, type ProtobufWriter, protobufBytes } from "../../engine/protobuf.js";
import type { Histogram } from "./histogram.js";

// Messages of TensorFlow: Event (event.proto) with its fields 1 wall_time, 2 step, 3 file_version, 5 summary, 7 session_log; Summary and
// HistogramProto (summary.proto); TensorProto (tensor.proto).

/** When something happened, in seconds since 1970, and at which iteration. */
export interface Moment {
  readonly time: number;
  readonly step: number;
}

/** What every event file begins with. */
export function versionEvent(moment: Moment): Bytes {
  return event(moment, (writer) => writer.bytes(3, "brain.Event:2"));
}

/** Says that a run goes on from a step: TensorBoard forgets what it read of later ones. */
export function restartEvent(moment: Moment): Bytes {
  const START = 1;
  return event(moment, (writer) => writer.message(7, () => writer.whole(1, START)));
}

export function scalarsEvent(moment: Moment, values: Readonly<Record<string, number>>): Bytes {
  return summaryEvent(moment, values, (writer, value) => writer.float(2, value));
}

/** @param pictures PNG files */
export function imagesEvent(moment: Moment, pictures: Readonly<Record<string, Uint8Array>>): Bytes {
  return summaryEvent(moment, pictures, (writer, png) =>
    writer.message(4, () => {
      const { height, width, channels } = sizeOfPng(png);
      writer.whole(1, height);
      writer.whole(2, width);
      writer.whole(3, channels);
      writer.bytes(4, png);
    }),
  );
}

export function histogramsEvent(moment: Moment, histograms: Readonly<Record<string, Histogram>>): Bytes {
  return summaryEvent(moment, histograms, (writer, { min, max, count, sum, sumOfSquares, limits, counts }) =>
    writer.message(5, () => {
      for (const [i, value] of [min, max, count, sum, sumOfSquares].entries()) writer.double(i + 1, value);
      writer.bytes(6, bytesOf(limits));
      writer.bytes(7, bytesOf(counts));
    }),
  );
}

/** @param text in Markdown */
export function textEvent(moment: Moment, name: string, text: string): Bytes {
  const STRING = 7;
  return summaryEvent(moment, { [name]: text }, (writer, value) => {
    writer.message(8, () => {
      writer.whole(1, STRING);
      writer.message(2, () => writer.message(2, () => writer.whole(1, 1)));
      writer.bytes(8, value);
    });
    writer.message(9, () => writer.message(1, () => writer.bytes(1, "text")));
  });
}

function summaryEvent<T>(
  moment: Moment,
  values: Readonly<Record<string, T>>,
  write: (writer: ProtobufWriter, value: T) => void,
): Bytes {
  return event(moment, (writer) =>
    writer.message(5, () => {
      for (const [name, value] of Object.entries(values))
        writer.message(1, () => {
          writer.bytes(1, name);
          write(writer, value);
        });
    }),
  );
}

function event({ time, step }: Moment, write: (writer: ProtobufWriter) => void): Bytes {
  return protobufBytes((writer) => {
    writer.double(1, time);
    // Protocol Buffers leave out zeros.
    if (step !== 0) writer.whole(2, step);
    write(writer);
  });
}

/** What the header of a PNG file says. */
function sizeOfPng(png: Uint8Array) {
  const header = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 4: 2, 2: 3, 3: 3, 6: 4 };
  return {
    width: header.readUInt32BE(16),
    height: header.readUInt32BE(20),
    channels: CHANNELS[header.readUInt8(25)] ?? 3,
  };
}

/** The step of an event that one of these functions wrote. */
export function stepOf(event: Buffer): number {
  const STEP = (2 << 3) | 0;
  // Behind the time: a byte that says what it is, and eight of it.
  if (event[9] !== STEP) return 0;
  let [step, scale] = [0, 1];
  for (const byte of event.subarray(10)) {
    step += (byte & 127) * scale;
    if (byte < 128) break;
    scale *= 128;
  }
  return step;
}
