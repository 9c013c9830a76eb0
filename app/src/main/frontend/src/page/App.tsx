import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { ThemeSwitch } from '../shared/ThemeSwitch';
import { messageOf } from './api';
import { ComparePage } from './ComparePage';
import { handOver } from './dropped';
import { NewRunPage } from './NewRunPage';
import { Problem, Title } from './parts';
import { PredictPage } from './PredictPage';
import { ReportPage } from './ReportPage';
import { ReviewPage } from './ReviewPage';
import { type Route, go, link, parseRoute } from './route';
import { RunPage } from './RunPage';
import { RunsPage } from './RunsPage';

export function App() {
  const hash = useHash();
  const route = parseRoute(hash);
  useDrops(route.page === 'runs');
  return (
    <>
      <a class="skip-link" href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={link.runs}>
          Assay
        </a>
        <nav aria-label="Main">
          <a href={link.runs} aria-current={route.page === 'runs' ? 'page' : undefined}>
            Runs
          </a>
          <a href={link.new} aria-current={route.page === 'new' ? 'page' : undefined}>
            New run
          </a>
        </nav>
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1} class={'page-' + route.page}>
        <Screen key={hash} route={route} />
      </main>
    </>
  );
}

function Screen({ route }: { route: Route }) {
  const [fault] = useErrorBoundary((error: unknown) => console.error(error));
  if (fault !== undefined) {
    return <Problem onRetry={() => window.location.reload()}>This screen has a fault: {messageOf(fault)}. Load the page again.</Problem>;
  }
  switch (route.page) {
    case 'runs':
      return <RunsPage />;
    case 'new':
      return <NewRunPage />;
    case 'run':
      return <RunPage id={route.run} />;
    case 'report':
      return <ReportPage id={route.run} />;
    case 'review':
      return <ReviewPage id={route.run} />;
    case 'predict':
      return <PredictPage id={route.run} />;
    case 'compare':
      return <ComparePage left={route.left} right={route.right} />;
    case 'unknown':
      return (
        <>
          <Title>There is nothing here</Title>
          <p>
            The address leads to no screen of Assay. <a href={link.runs}>See all runs</a>.
          </p>
        </>
      );
  }
}

function useHash(): string {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const changed = () => setHash(window.location.hash);
    // it may have changed between the first drawing and now, when nobody listened yet
    changed();
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return hash;
}

/** A file that misses its field is not opened in place of the page; on the list of runs it starts a new one. */
function useDrops(startsRun: boolean) {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.defaultPrevented) {
        event.preventDefault();
        if (event.dataTransfer !== null && !startsRun) {
          event.dataTransfer.dropEffect = 'none';
        }
      }
    };
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented) {
        return;
      }
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (startsRun && file !== undefined) {
        handOver(file);
        go(link.new);
      }
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [startsRun]);
}

/** The link must not change the address, which says what screen is shown. */
function skipToMain(event: Event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
