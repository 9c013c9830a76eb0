import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useId, useRef, useState } from 'preact/hooks';
import { api, isOver, messageOf } from './api';
import type { Run, RunState } from '../shared/types';

let isFirstScreen = true;

/** The heading of a screen: names the tab, and takes the focus when the screen was reached by a link. */
export function Title({ children, name }: { children: ComponentChildren; name?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const text = name ?? (typeof children === 'string' ? children : 'Assay');
  useEffect(() => {
    document.title = `${text} – Assay`;
  }, [text]);
  useEffect(() => {
    window.scrollTo(0, 0);
    if (!isFirstScreen) {
      heading.current?.focus({ preventScroll: true });
    }
    isFirstScreen = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** What went wrong, read out at once, with what can be done. */
export function Problem({ children, onRetry }: { children: ComponentChildren; onRetry?: () => void }) {
  return (
    <div class="problem" role="alert">
      <p>{children}</p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Waiting({ children }: { children: ComponentChildren }) {
  return (
    <p class="waiting" role="status">
      {children}
    </p>
  );
}

export interface Loaded<T> {
  value: T | null;
  problem: string | null;
  reload: () => void;
}

/** Loads something once, and again when asked to. */
export function useLoaded<T>(load: () => Promise<T>, keys: unknown[]): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (loaded) => {
        if (isCurrent) {
          setValue(loaded);
          setProblem(null);
        }
      },
      (error: unknown) => {
        if (isCurrent) {
          setProblem(messageOf(error));
        }
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [...keys, attempt]);
  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  return { value, problem, reload };
}

/** A run as it is now: told by the server whenever something changes, until it is over. */
export function useRun(id: string): Loaded<Run> & { lost: boolean } {
  const loaded = useLoaded(() => api.run(id), [id]);
  const [told, setTold] = useState<Run | null>(null);
  const [lost, setLost] = useState(false);
  const run = told ?? loaded.value;
  const isLive = run !== null && !isOver(run.state);
  useEffect(() => {
    if (!isLive) {
      return undefined;
    }
    const events = new EventSource(api.eventsAddress(id));
    events.addEventListener('run', (event) => {
      const latest = JSON.parse((event as MessageEvent<string>).data) as Run;
      setLost(false);
      setTold(latest);
      if (isOver(latest.state)) {
        events.close();
      }
    });
    events.onerror = () => setLost(true); // the browser asks again by itself
    return () => events.close();
  }, [id, isLive]);
  return { value: run, problem: loaded.problem, reload: loaded.reload, lost };
}

/** Something that a button does on the server: busy meanwhile, with what went wrong. */
export function useAction(): { busy: boolean; problem: string | null; act: (work: () => Promise<void>) => void; clear: () => void } {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const act = (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    work().then(
      () => setBusy(false),
      (error: unknown) => {
        setBusy(false);
        setProblem(messageOf(error));
      },
    );
  };
  return { busy, problem, act, clear: () => setProblem(null) };
}

const STATES: Record<RunState, string> = {
  queued: 'waiting',
  running: 'running',
  finished: 'finished',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  damaged: 'damaged',
};

export function StateBadge({ run }: { run: Run }) {
  const place = run.state === 'queued' && run.place !== null ? `, place ${run.place}` : '';
  return <span class={`badge state-${run.state}`}>{STATES[run.state] + place}</span>;
}

/** How far something is, as a bar; null = nobody knows. */
export function ProgressBar({ share, label }: { share: number | null; label: string }) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      class={percent === undefined ? 'progress unknown' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${percent ?? 100}%` }} />
    </div>
  );
}

/** A share from 0 to 1 as a bar with its text beside it. */
export function ShareBar({ share, kind = 'plain' }: { share: number; kind?: 'plain' | 'strong' | 'against' | 'for' }) {
  return (
    <span class={`share share-${kind}`} aria-hidden="true">
      <span style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </span>
  );
}

/** A field with its label and, below it, what it is good for. */
export function Field({ label, help, children }: { label: string; help?: ComponentChildren; children: (id: string, helpId?: string) => ComponentChildren }) {
  const id = useId();
  const helpId = help === undefined ? undefined : id + '-help';
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, helpId)}
      {help !== undefined && (
        <p class="help" id={helpId}>
          {help}
        </p>
      )}
    </div>
  );
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A value as it stands, or that there is none. */
export function Value({ text }: { text: string | null | undefined }) {
  return text === null || text === undefined || text === '' ? <i class="missing">missing</i> : <>{text}</>;
}

/** A point in time as people write it, in their own time zone. */
export function Moment({ at }: { at: string | null }) {
  if (at === null) {
    return null;
  }
  return <time dateTime={at}>{DAY.format(new Date(at))}</time>;
}

export function secondsOf(run: Run): number | null {
  if (run.started === null || run.ended === null) {
    return null;
  }
  return (Date.parse(run.ended) - Date.parse(run.started)) / 1000;
}

/** What the jobs are called, with the command of the command line that does the same. */
export const COMMAND_NAMES: Record<string, string> = {
  run: 'Main job (run)',
  purify: 'Find wrong labels (purify)',
  divide: 'Take apart only (divide)',
  diagnose: 'Quick look (diagnose)',
};
