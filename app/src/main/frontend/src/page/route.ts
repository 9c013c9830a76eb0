/** Which screen is shown: the part of the address after #. */
export type Route =
  | { page: 'runs' }
  | { page: 'new' }
  | { page: 'run' | 'report' | 'review' | 'predict'; run: string }
  | { page: 'compare'; left: string; right: string }
  | { page: 'unknown' };

export function parseRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const [first, run, last] = parts;
  if (first === undefined || (first === 'runs' && run === undefined)) {
    return { page: 'runs' };
  }
  if (first === 'new' && parts.length === 1) {
    return { page: 'new' };
  }
  if (first === 'compare' && run !== undefined && last !== undefined && parts.length === 3) {
    return { page: 'compare', left: run, right: last };
  }
  if (first === 'runs' && run !== undefined && parts.length === 2) {
    return { page: 'run', run };
  }
  if (first === 'runs' && run !== undefined && parts.length === 3 && (last === 'report' || last === 'review' || last === 'predict')) {
    return { page: last, run };
  }
  return { page: 'unknown' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const link = {
  runs: '#/runs',
  new: '#/new',
  run: (id: string) => `#/runs/${encodeURIComponent(id)}`,
  report: (id: string) => `#/runs/${encodeURIComponent(id)}/report`,
  review: (id: string) => `#/runs/${encodeURIComponent(id)}/review`,
  predict: (id: string) => `#/runs/${encodeURIComponent(id)}/predict`,
  compare: (left: string, right: string) => `#/compare/${encodeURIComponent(left)}/${encodeURIComponent(right)}`,
};

export function go(address: string): void {
  window.location.hash = address;
}
