/** The HTTP API of `assay serve`, as /api/openapi.json describes it. */
import type {
  BatchAnswer,
  DecisionAnswer,
  DecisionKind,
  PredictAnswer,
  Preview,
  Review,
  Run,
  RunFileList,
  RunList,
  RunRequest,
  RunState,
  Schema,
  Status,
  Upload,
} from '../shared/types';

/** A file of this machine, or one that was uploaded. */
export type FileChoice = { upload: string; name: string } | { path: string; name: string };

/** What the server did not do, in its own words. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const SILENCE = 'Assay does not answer. If “assay serve” has ended, start it again and open the address that it prints.';
const NO_TOKEN = 'This browser has no valid key for Assay. Open the address that “assay serve” printed when it started; it ends with ?token=…';

function failure(status: number, body: string): ApiError {
  if (status === 401) {
    return new ApiError(NO_TOKEN, status);
  }
  try {
    const said = (JSON.parse(body) as { error?: unknown }).error;
    if (typeof said === 'string') {
      return new ApiError(said, status);
    }
  } catch {
    // not JSON: the number has to do
  }
  return new ApiError(`Assay answered with the error ${status}.`, status);
}

async function answer<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch('/api/' + path, init);
  } catch {
    throw new ApiError(SILENCE, 0);
  }
  const body = await response.text();
  if (!response.ok) {
    throw failure(response.status, body);
  }
  return (body === '' ? null : JSON.parse(body)) as T;
}

function send<T>(method: string, path: string, body: unknown = {}): Promise<T> {
  return answer<T>(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

/** Sends a file as it is; fetch cannot tell how far it is, XMLHttpRequest can. */
function sendFile<T>(path: string, file: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/' + path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as T);
        return;
      }
      reject(failure(request.status, request.responseText));
    };
    request.onerror = () => reject(new ApiError(SILENCE, 0));
    request.onabort = () => reject(new ApiError('The upload was stopped.', 0));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

const of = (id: string) => 'runs/' + encodeURIComponent(id);

const MOST_BYTES = 30e6;

export const api = {
  status: () => answer<Status>('status'),
  runs: async () => (await answer<RunList>('runs')).runs,
  run: (id: string) => answer<Run>(of(id)),
  start: (request: RunRequest) => send<Run>('POST', 'runs', request),
  cancel: (id: string) => send<Run>('POST', of(id) + '/cancel'),
  again: (id: string, decisions: boolean) => send<Run>('POST', of(id) + '/again', { decisions }),
  remove: (id: string) => answer<unknown>(of(id), { method: 'DELETE' }),
  record: (id: string) => answer<Record<string, unknown>>(of(id) + '/record'),
  files: async (id: string) => (await answer<RunFileList>(of(id) + '/files')).files,
  upload: (file: File, onProgress: (share: number) => void, signal?: AbortSignal) =>
    sendFile<Upload>('uploads?name=' + encodeURIComponent(file.name), file, onProgress, signal),
  preview: (file: FileChoice, header: string) =>
    send<Preview>('POST', 'previews', 'upload' in file ? { upload: file.upload, header } : { path: file.path, header }),
  review: (id: string) => answer<Review>(of(id) + '/review'),
  decide: (id: string, row: number, decision: DecisionKind, label: string | null) =>
    send<DecisionAnswer>('PUT', `${of(id)}/review/${row}`, label === null ? { decision } : { decision, label }),
  undo: (id: string) => send<DecisionAnswer>('POST', of(id) + '/review/undo'),
  schema: (id: string) => answer<Schema>(of(id) + '/schema'),
  /** block: the one whose expert answers; null = as the router says */
  predict: (run: string, row: Record<string, unknown>, similar: number, block: number | null) =>
    send<PredictAnswer>('POST', 'predict', block === null ? { run, rows: [row], similar } : { run, rows: [row], similar, block }),
  predictFile: (id: string, file: File, onProgress: (share: number) => void) =>
    sendFile<BatchAnswer>(`${of(id)}/predictions?name=${encodeURIComponent(file.name)}`, file, onProgress),

  reportAddress: (id: string) => `/api/${of(id)}/report`,
  cleanedAddress: (id: string) => `/api/${of(id)}/cleaned`,
  /** the text of a result, or null where the run has none or one that is too large to look through here */
  resultText: async (id: string, name: string): Promise<string | null> => {
    const file = (await api.files(id)).find((each) => each.name === name);
    if (file === undefined || file.bytes > MOST_BYTES) {
      return null;
    }
    const response = await fetch(api.fileAddress(id, name));
    return response.ok ? response.text() : null;
  },
  fileAddress: (id: string, name: string) => `/api/${of(id)}/files/${encodeURIComponent(name)}`,
  eventsAddress: (id: string) => `/api/${of(id)}/events`,
};

/** What to show of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isOver(state: RunState): boolean {
  return state !== 'queued' && state !== 'running';
}
