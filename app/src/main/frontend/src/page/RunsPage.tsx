import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from '../shared/format';
import { api, isOver, messageOf } from './api';
import type { Run } from '../shared/types';
import { COMMAND_NAMES, Moment, Problem, ProgressBar, StateBadge, Title, Waiting, secondsOf } from './parts';
import { go, link } from './route';

const BUSY_MILLISECONDS = 1000;
const IDLE_MILLISECONDS = 10_000;

/** All runs, newest first: what they found, how far they are. */
export function RunsPage() {
  const { runs, problem, reload } = useRuns();
  const [chosen, setChosen] = useState<string[]>([]);
  const [failure, setFailure] = useState<string | null>(null);

  const choose = (id: string, isChosen: boolean) => {
    // the third one takes the place of the first
    setChosen(isChosen ? [...chosen, id].slice(-2) : chosen.filter((other) => other !== id));
  };
  const act = (work: () => Promise<unknown>) => {
    setFailure(null);
    work().then(reload, (error: unknown) => setFailure(messageOf(error)));
  };

  return (
    <>
      <div class="heading">
        <Title>Runs</Title>
        <a class="button primary" href={link.new}>
          New run
        </a>
      </div>
      {problem !== null && <Problem onRetry={reload}>{problem}</Problem>}
      {failure !== null && <Problem>{failure}</Problem>}
      {runs === null && problem === null && <Waiting>Looking for runs …</Waiting>}
      {runs !== null && runs.length === 0 && <NoRuns />}
      {runs !== null && runs.length > 0 && (
        <>
          {runs.filter((run) => run.state === 'finished').length > 1 && <CompareBar runs={runs} chosen={chosen} />}
          <ul class="runs">
            {runs.map((run) => (
              <RunItem key={run.id} run={run} act={act} isChosen={chosen.includes(run.id)} choose={choose} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function useRuns() {
  const [runs, setRuns] = useState<Run[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const look = async () => {
      let wait = IDLE_MILLISECONDS;
      try {
        const found = await api.runs();
        if (!isCurrent) {
          return;
        }
        setRuns(found);
        setProblem(null);
        wait = found.every((run) => isOver(run.state)) ? IDLE_MILLISECONDS : BUSY_MILLISECONDS;
      } catch (error) {
        setProblem(messageOf(error));
      }
      if (isCurrent) {
        timer = setTimeout(look, wait);
      }
    };
    void look();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [attempt]);
  return { runs, problem, reload: () => setAttempt((count) => count + 1) };
}

function NoRuns() {
  return (
    <div class="empty">
      <p>
        <strong>There is no run yet.</strong> Give Assay a file with labelled rows, and it tells whether it is one data set or several, which
        labels look wrong, and how well it can be predicted.
      </p>
      <a class="button primary" href={link.new}>
        Start with your file
      </a>
    </div>
  );
}

interface ItemProps {
  run: Run;
  isChosen: boolean;
  choose: (id: string, isChosen: boolean) => void;
  act: (work: () => Promise<unknown>) => void;
}

function RunItem({ run, isChosen, choose, act }: ItemProps) {
  return (
    <li class={`run is-${run.state}`}>
      <div class="run-head">
        <h2>
          <a href={link.run(run.id)}>{run.name}</a>
        </h2>
        <StateBadge run={run} />
      </div>
      <p class="run-about">
        {COMMAND_NAMES[run.command] ?? run.command}
        {run.label !== null && run.label !== '' && (
          <>
            {' · label '}
            <b>{run.label}</b>
          </>
        )}
        {' · '}
        <Moment at={run.ended ?? run.started ?? run.created} />
        {secondsOf(run) !== null && ` · took ${formatDuration(secondsOf(run))}`}
        {run.decisions > 0 && ` · ${run.decisions} reviewed`}
      </p>
      <RunOutcome run={run} />
      <div class="actions">
        {run.hasReport && <a href={link.report(run.id)}>Report</a>}
        {run.hasReview && <a href={link.review(run.id)}>Review rows</a>}
        {run.hasModel && <a href={link.predict(run.id)}>Predict</a>}
        {!isOver(run.state) && (
          <button type="button" class="button button-quiet" onClick={() => act(() => api.cancel(run.id))} aria-label={`Cancel ${run.name}`}>
            Cancel
          </button>
        )}
        {isOver(run.state) && run.state !== 'finished' && (
          <>
            <button
              type="button"
              class="button"
              onClick={() => act(async () => go(link.run((await api.again(run.id, false)).id)))}
              aria-label={`Start ${run.name} again`}
            >
              Start again
            </button>
            <button type="button" class="button button-quiet" onClick={() => act(() => api.remove(run.id))} aria-label={`Remove ${run.name} from the list`}>
              Remove
            </button>
          </>
        )}
        {run.state === 'finished' && (
          <label class="compare">
            <input
              type="checkbox"
              checked={isChosen}
              onChange={(event) => choose(run.id, event.currentTarget.checked)}
              aria-label={`Compare ${run.name}`}
            />
            Compare
          </label>
        )}
      </div>
    </li>
  );
}

function RunOutcome({ run }: { run: Run }) {
  if (run.state === 'running' && run.progress !== null) {
    const { phase, share, secondsLeft } = run.progress;
    return (
      <div class="run-progress">
        <ProgressBar share={share} label={`Progress of ${run.name}`} />
        <p>
          {phase}
          {secondsLeft !== null && ` · about ${formatDuration(secondsLeft)} left`}
        </p>
      </div>
    );
  }
  if (run.error !== null) {
    return <p class="run-error">{run.error}</p>;
  }
  if (run.state === 'interrupted') {
    return <p class="run-error">Assay ended while this run was at work. Nothing of your data is lost: start it again.</p>;
  }
  return run.sentence === null ? null : <p class="sentence">{run.sentence}</p>;
}

function CompareBar({ runs, chosen }: { runs: Run[]; chosen: string[] }) {
  // the older one on the left
  const pair = runs.filter((run) => chosen.includes(run.id)).reverse();
  const [left, right] = pair;
  return (
    <div class="compare-bar" role="status">
      {left !== undefined && right !== undefined ? (
        <a class="button" href={link.compare(left.id, right.id)}>
          Compare {left.name} with {right.name}
        </a>
      ) : (
        <p class="help">{chosen.length === 0 ? 'Mark two finished runs to see them side by side.' : 'Mark one more run to compare with.'}</p>
      )}
    </div>
  );
}
