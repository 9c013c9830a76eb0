import { bytesOf } from '../shared/Picture';
import type { Images, PictureStrip } from '../shared/types';

/** As many pictures as the bytes hold, in the form that the report has them in. */
export function imagesOf(strip: PictureStrip | null): Images | null {
  if (strip === null) {
    return null;
  }
  const channels = strip.channels === 3 ? 3 : 1;
  const count = Math.floor(bytesOf(strip.pixels).length / (strip.width * strip.height * channels));
  return { width: strip.width, height: strip.height, channels, count, pixels: strip.pixels };
}

/** One picture as lists of rows of pixels, each a number or, in colour, three. */
export function nestedPixels(images: Images, index: number): (number | number[])[][] {
  const { width, height, channels } = images;
  const size = width * height * channels;
  const bytes = bytesOf(images.pixels).subarray(index * size, (index + 1) * size);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => {
      const start = (y * width + x) * channels;
      return channels === 1 ? (bytes[start] ?? 0) : Array.from(bytes.subarray(start, start + channels));
    }),
  );
}
