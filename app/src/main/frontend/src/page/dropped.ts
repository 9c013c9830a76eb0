/** A file that was dropped on one screen and belongs to another one. */
let waiting: File | null = null;

export function handOver(file: File): void {
  waiting = file;
}

/** The file that was handed over, once. */
export function takeHandedOver(): File | null {
  const file = waiting;
  waiting = null;
  return file;
}
