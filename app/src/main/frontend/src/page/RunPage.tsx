import { useEffect, useState } from 'preact/hooks';
import { formatBytes, formatDuration, formatShare, plural } from '../shared/format';
import { LineChart } from '../shared/LineChart';
import { Choice } from '../shared/Choice';
import { api, isOver } from './api';
import type { Run, RunFile } from '../shared/types';
import { COMMAND_NAMES, Moment, Problem, ProgressBar, StateBadge, Title, Waiting, secondsOf, useAction, useLoaded, useRun } from './parts';
import { go, link } from './route';

/** One run: how far it is, and when it is over what it found and where to go on. */
export function RunPage({ id }: { id: string }) {
  const { value: run, problem, reload, lost } = useRun(id);
  const { busy, problem: failure, act } = useAction();
  if (run === null) {
    return (
      <>
        <Title>Run</Title>
        {problem === null ? <Waiting>Looking for the run …</Waiting> : <Problem onRetry={reload}>{problem}</Problem>}
        <p>
          <a href={link.runs}>All runs</a>
        </p>
      </>
    );
  }
  const again = () => act(async () => go(link.run((await api.again(id, false)).id)));
  return (
    <>
      <div class="heading">
        <Title>{run.name}</Title>
        <StateBadge run={run} />
      </div>
      <p class="run-about">
        {COMMAND_NAMES[run.command] ?? run.command} · {run.data}
        {run.label !== null && run.label !== '' && (
          <>
            {' · label '}
            <b>{run.label}</b>
          </>
        )}
        {' · started '}
        <Moment at={run.started ?? run.created} />
        {secondsOf(run) !== null && ` · took ${formatDuration(secondsOf(run))}`}
      </p>
      {lost && !isOver(run.state) && <p class="problem">The connection to Assay is gone; trying again. The run goes on without this page.</p>}
      {failure !== null && <Problem>{failure}</Problem>}
      {run.decisionsOf !== null && (
        <p>
          This run uses your decisions on <a href={link.run(run.decisionsOf)}>an earlier run</a>.{' '}
          {run.state === 'finished' && <a href={link.compare(run.decisionsOf, run.id)}>Compare the two</a>}
        </p>
      )}
      {!isOver(run.state) && <Live run={run} busy={busy} onCancel={() => act(async () => void (await api.cancel(id)))} />}
      {run.state === 'finished' && <Finished run={run} />}
      {isOver(run.state) && run.state !== 'finished' && <Broken run={run} busy={busy} onAgain={again} />}
      {run.state === 'finished' && (
        <section class="step" aria-labelledby="more">
          <h2 id="more">More</h2>
          <div class="actions">
            <button type="button" class="button" disabled={busy} onClick={again}>
              Run again as it was
            </button>
            {run.decisions > 0 && (
              <button
                type="button"
                class="button"
                disabled={busy}
                onClick={() => act(async () => go(link.run((await api.again(id, true)).id)))}
              >
                Run again with {plural(run.decisions, 'decision')}
              </button>
            )}
          </div>
        </section>
      )}
      <Log lines={run.log} isOpen={run.state === 'failed'} />
    </>
  );
}

function Live({ run, busy, onCancel }: { run: Run; busy: boolean; onCancel: () => void }) {
  const progress = run.progress;
  const share = progress?.share ?? null;
  const elapsed = useTicking(progress?.secondsElapsed ?? 0);
  return (
    <section class="step live" aria-labelledby="live">
      <h2 id="live">{run.state === 'queued' ? 'Waiting for its turn' : `At work: ${progress?.phase ?? 'starting'}`}</h2>
      {run.state === 'queued' ? (
        <p>
          {run.place === null || run.place <= 1 ? 'It is next.' : `Place ${run.place} in the queue.`} It starts by itself when the run before it is over.
        </p>
      ) : (
        <>
          <ProgressBar share={share} label="Progress of the run" />
          <p class="times">
            {share !== null && <span>{formatShare(share)} done</span>}
            {progress !== null && <span>{formatDuration(Math.floor(elapsed))} so far</span>}
            {progress !== null && progress.secondsLeft !== null && <span>about {formatDuration(progress.secondsLeft)} left</span>}
          </p>
        </>
      )}
      <Announcement run={run} share={share} />
      {progress !== null && progress.series.length > 0 && <GrowingChart run={run} />}
      <div class="actions">
        <button type="button" class="button" disabled={busy} onClick={onCancel}>
          Cancel
        </button>
        <p class="help">You can close this page: the run goes on.</p>
      </div>
    </section>
  );
}

/** Seconds that go on by themselves from the last ones that were told. */
function useTicking(told: number): number {
  const [since, setSince] = useState(0);
  useEffect(() => {
    const heard = performance.now();
    setSince(0);
    const clock = setInterval(() => setSince((performance.now() - heard) / 1000), 1000);
    return () => clearInterval(clock);
  }, [told]);
  return told + since;
}

/** Read out when the phase changes and at each quarter, not at each step. */
function Announcement({ run, share }: { run: Run; share: number | null }) {
  const quarter = share === null ? null : Math.floor(share * 4) * 25;
  return (
    <p class="hidden-visually" role="status">
      {run.state === 'queued'
        ? `Waiting, place ${run.place ?? 1}`
        : `${run.progress?.phase ?? 'Starting'}${quarter === null ? '' : `, ${quarter} percent`}`}
    </p>
  );
}

/** What is measured while the run is at work. */
function GrowingChart({ run }: { run: Run }) {
  const all = run.progress?.series ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  // the newest one, unless the reader chose
  const shown = all.find((series) => series.name === chosen) ?? all[all.length - 1];
  if (shown === undefined) {
    return null;
  }
  return (
    <>
      {all.length > 1 && (
        <Choice
          title="Show"
          options={all.map((series) => ({ value: series.name, text: series.name }))}
          value={shown.name}
          onChoose={setChosen}
        />
      )}
      <LineChart
        title={`${shown.name}, so far`}
        xName={shown.xName}
        yName={shown.yName}
        series={[{ name: shown.name, points: shown.points }]}
        fileName={`${run.id}-progress`}
      />
    </>
  );
}

function Finished({ run }: { run: Run }) {
  return (
    <>
      <p class="verdict">{run.sentence ?? (run.verdict === null ? 'The run is finished.' : `Your data is ${run.verdict}.`)}</p>
      <ul class="ways">
        {run.hasReport && (
          <li>
            <a href={link.report(run.id)}>
              <b>Read the report</b>
              <span>What was found, in pictures: parts, suspicious rows, how well it predicts.</span>
            </a>
            <a class="alone" href={api.reportAddress(run.id)} target="_blank" rel="noopener">
              open alone
            </a>
          </li>
        )}
        {run.hasReview && (
          <li>
            <a href={link.review(run.id)}>
              <b>Review suspicious rows</b>
              <span>
                {run.decisions > 0
                  ? `${plural(run.decisions, 'decision')} so far. Keep, relabel or drop, one row at a time.`
                  : 'Keep, relabel or drop, one row at a time; then export the cleaned data.'}
              </span>
            </a>
          </li>
        )}
        {run.hasModel && (
          <li>
            <a href={link.predict(run.id)}>
              <b>Predict</b>
              <span>Try the model on a row of your own, or on a whole file.</span>
            </a>
          </li>
        )}
      </ul>
      <Files id={run.id} />
    </>
  );
}

const FILE_MEANINGS: [RegExp, string][] = [
  [/^run\.json$/, 'what was done, chosen and measured'],
  [/^report\.html$/, 'the report, for a browser without a server'],
  [/^report\.json$/, 'the numbers of the report'],
  [/^rows\.(csv|parquet)$/, 'each row with its block and scores'],
  [/^predictions\.csv$/, 'the test rows as predicted'],
  [/^trajectory\.csv$/, 'what happened in each step'],
  [/^purified\./, 'the kept rows as they were'],
  [/^review\.csv$/, 'your decisions'],
  [/^model/, 'the model'],
];

function Files({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="files" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Files to download</summary>
      {isOpen && <FileList id={id} />}
    </details>
  );
}

function FileList({ id }: { id: string }) {
  const { value, problem, reload } = useLoaded<RunFile[]>(() => api.files(id), [id]);
  if (problem !== null) {
    return <Problem onRetry={reload}>{problem}</Problem>;
  }
  if (value === null) {
    return <Waiting>Looking …</Waiting>;
  }
  return (
    <ul>
      {value.map((file) => (
        <li key={file.name}>
          <a href={api.fileAddress(id, file.name)} download={file.name}>
            {file.name}
          </a>{' '}
          <span class="soft">
            {formatBytes(file.bytes)}
            {FILE_MEANINGS.find(([pattern]) => pattern.test(file.name)) !== undefined &&
              `, ${FILE_MEANINGS.find(([pattern]) => pattern.test(file.name))?.[1]}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

const BROKEN: Record<string, string> = {
  failed: 'The run ended with an error.',
  cancelled: 'The run was cancelled. Your data is as it was.',
  interrupted: 'Assay ended while this run was at work. Your data is as it was: start the run again.',
};

function Broken({ run, busy, onAgain }: { run: Run; busy: boolean; onAgain: () => void }) {
  const { busy: removing, problem, act } = useAction();
  return (
    <section class="step" aria-labelledby="over">
      <h2 id="over">{BROKEN[run.state] ?? 'The run is over.'}</h2>
      {run.error !== null && (
        <p class="problem" role="alert">
          {run.error}
        </p>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
      <div class="actions">
        <button type="button" class="button primary" disabled={busy} onClick={onAgain}>
          Start again
        </button>
        <a class="button" href={link.new}>
          New run
        </a>
        <button
          type="button"
          class="button button-quiet"
          disabled={removing}
          onClick={() =>
            act(async () => {
              await api.remove(run.id);
              go(link.runs);
            })
          }
        >
          Remove from the list
        </button>
      </div>
    </section>
  );
}

function Log({ lines, isOpen }: { lines: string[]; isOpen: boolean }) {
  const [open, setOpen] = useState(isOpen);
  useEffect(() => {
    if (isOpen) {
      setOpen(true);
    }
  }, [isOpen]);
  if (lines.length === 0) {
    return null;
  }
  return (
    <details class="log" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What Assay said</summary>
      <pre tabIndex={0} aria-label="What Assay said">
        {lines.join('\n')}
      </pre>
    </details>
  );
}
