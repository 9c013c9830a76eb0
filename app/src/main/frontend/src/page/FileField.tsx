import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { formatBytes, formatShare } from '../shared/format';
import { type FileChoice, api, messageOf } from './api';
import type { Status } from '../shared/types';
import { Problem, ProgressBar } from './parts';

interface Props {
  label: string;
  status: Status;
  file: FileChoice | null;
  onFile: (file: FileChoice | null) => void;
  isLarge?: boolean;
  /** a file that was chosen elsewhere; sent at once */
  given?: File | null;
}

/** A file: dropped, chosen, or named by its path where the server allows that. An upload shows how far it is. */
export function FileField({ label, status, file, onFile, isLarge = false, given = null }: Props) {
  const id = useId();
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const [path, setPath] = useState('');
  const stop = useRef<AbortController | null>(null);

  const upload = (chosen: File | undefined) => {
    if (chosen === undefined) {
      return;
    }
    setProblem(null);
    onFile(null);
    if (chosen.size > status.maxUploadBytes) {
      setProblem(
        `${chosen.name} has ${formatBytes(chosen.size)}; uploads may have ${formatBytes(status.maxUploadBytes)} at most.` +
          (status.pathsAllowed ? ' Name its path on this machine instead.' : ''),
      );
      return;
    }
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setShare(0);
    api.upload(chosen, setShare, controller.signal).then(
      (stored) => {
        setShare(null);
        onFile({ upload: stored.upload, name: stored.name });
      },
      (error: unknown) => {
        if (stop.current === controller) {
          setShare(null);
          setProblem(messageOf(error));
        }
      },
    );
  };

  useEffect(() => upload(given ?? undefined), []);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    upload(event.dataTransfer?.files[0]);
  };

  const takePath = () => {
    const trimmed = path.trim();
    if (trimmed !== '') {
      setProblem(null);
      onFile({ path: trimmed, name: trimmed });
    }
  };

  return (
    <div class="file">
      <div
        class={`drop ${isLarge ? 'large' : ''} ${isOver ? 'over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label for={id}>{label}</label>
        <input id={id} type="file" onChange={(event) => upload(event.currentTarget.files?.[0])} />
        <p class="help">Choose a file, or drop one here.</p>
      </div>
      {share !== null && (
        <div class="uploading">
          <ProgressBar share={share} label={`Upload of ${label.toLowerCase()}`} />
          <p>{formatShare(share)} sent</p>
          <button type="button" class="button button-quiet" onClick={() => stop.current?.abort()}>
            Stop
          </button>
        </div>
      )}
      {status.pathsAllowed && (
        <div class="path">
          <label for={id + '-path'}>{isLarge ? 'Or its path on this machine' : `Or the path of the ${label.toLowerCase()}`}</label>
          <div class="row">
            <input
              id={id + '-path'}
              value={path}
              spellcheck={false}
              autocomplete="off"
              placeholder="/home/me/data.csv"
              onInput={(event) => setPath(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') {
                  event.preventDefault();
                  takePath();
                }
              }}
            />
            <button type="button" class="button" onClick={takePath} disabled={path.trim() === ''} aria-label={`Use this path for the ${label.toLowerCase()}`}>
              Use
            </button>
          </div>
        </div>
      )}
      {file !== null && (
        <p class="taken" role="status">
          <span aria-hidden="true">✓</span> {file.name}
        </p>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
    </div>
  );
}
