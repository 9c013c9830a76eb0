import { api } from './api';
import { Problem, Title, Waiting, useLoaded } from './parts';
import { link } from './route';

/** The report of a run, as large as the window. */
export function ReportPage({ id }: { id: string }) {
  const { value: run, problem, reload } = useLoaded(() => api.run(id), [id]);
  return (
    <>
      <div class="heading">
        <Title name={run === null ? 'Report' : `Report of ${run.name}`}>{run === null ? 'Report' : run.name}</Title>
        <p class="links">
          <a href={link.run(id)}>Back to the run</a>
          <a href={api.reportAddress(id)} target="_blank" rel="noopener">
            Open alone
          </a>
        </p>
      </div>
      {problem !== null && <Problem onRetry={reload}>{problem}</Problem>}
      {run === null && problem === null && <Waiting>Opening the report …</Waiting>}
      {run !== null && !run.hasReport && <p>This run has no report: it is {run.state}.</p>}
      {run?.hasReport && (
        <iframe class="report" sandbox="allow-scripts allow-downloads" src={api.reportAddress(id)} title={`Report of ${run.name}`} />
      )}
    </>
  );
}
