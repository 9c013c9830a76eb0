import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Images } from './types';

const decoded = new WeakMap<Images, Uint8Array>();

/** Bytes of a base64 text. */
export function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    bytes[index] = text.charCodeAt(index);
  }
  return bytes;
}

/** Picture number index, drawn pixel by pixel, the longer side as many screen pixels as size. */
export function Picture({ images, index, size = 56, text }: { images: Images; index: number; size?: number; text: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    let pixels = decoded.get(images);
    if (!pixels) {
      pixels = bytesOf(images.pixels);
      decoded.set(images, pixels);
    }
    const { width, height, channels } = images;
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(width, height);
    const start = index * width * height * channels;
    for (let pixel = 0; pixel < width * height; pixel++) {
      const at = start + pixel * channels;
      image.data[4 * pixel] = pixels[at]!;
      image.data[4 * pixel + 1] = pixels[channels === 3 ? at + 1 : at]!;
      image.data[4 * pixel + 2] = pixels[channels === 3 ? at + 2 : at]!;
      image.data[4 * pixel + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [images, index]);
  const scale = size / Math.max(images.width, images.height);
  return (
    <canvas
      ref={canvas}
      class="picture"
      role="img"
      aria-label={text}
      width={images.width}
      height={images.height}
      style={{ width: `${images.width * scale}px`, height: `${images.height * scale}px` }}
    />
  );
}
