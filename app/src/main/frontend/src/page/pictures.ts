import { bytesOf } from '../shared/Picture';
import type { Images } from '../shared/report-data';
import type { PictureStrip } from './api';

/** As many pictures as the bytes hold, in the form that the report has them in. */
export function imagesOf(strip: PictureStrip | null): Images | null {
  if (strip === null) {
    return null;
  }
  const channels = strip.channels === 3 ? 3 : 1;
  const count = Math.floor(bytesOf(strip.pixels).length / (strip.width * strip.height * channels));
  return { width: strip.width, height: strip.height, channels, count, pixels: strip.pixels };
}
