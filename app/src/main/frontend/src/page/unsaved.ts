/** Decisions that did not reach the server: kept while this tab is open, wherever in the page the reader goes. */
import type { Decision, DecisionKind } from '../shared/types';

export interface Unsaved {
  row: number;
  decision: DecisionKind;
  label: string | null;
  /** what the server holds of this row */
  before: Decision | null;
}

const byRun = new Map<string, Unsaved[]>();

export function unsavedOf(run: string): Unsaved[] {
  return byRun.get(run) ?? [];
}

/** The newest decision on a row takes the place of an older one; what the server holds stays known. */
export function keepUnsaved(run: string, decision: Unsaved): Unsaved[] {
  const older = unsavedOf(run).find((other) => other.row === decision.row);
  return store(run, [...without(run, decision.row), { ...decision, before: (older ?? decision).before }]);
}

export function forgetUnsaved(run: string, row: number): Unsaved[] {
  return store(run, without(run, row));
}

function without(run: string, row: number): Unsaved[] {
  return unsavedOf(run).filter((other) => other.row !== row);
}

function store(run: string, decisions: Unsaved[]): Unsaved[] {
  if (decisions.length === 0) {
    byRun.delete(run);
  } else {
    byRun.set(run, decisions);
  }
  if (typeof window !== 'undefined') {
    window.removeEventListener('beforeunload', warn);
    if (byRun.size > 0) {
      window.addEventListener('beforeunload', warn);
    }
  }
  return decisions;
}

/** Closing the tab would lose them: the browser asks. */
function warn(event: BeforeUnloadEvent) {
  event.preventDefault();
}
