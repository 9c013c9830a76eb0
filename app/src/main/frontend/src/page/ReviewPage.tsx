import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatProbability, formatSigned, plural } from '../shared/format';
import type { Counts, Decision, DecisionKind, Images, Review, ReviewRow, Run } from '../shared/types';
import { Picture } from '../shared/Picture';
import { api, messageOf } from './api';
import { Field, Moment, Problem, ProgressBar, ShareBar, Title, Value, Waiting, useAction, useLoaded } from './parts';
import { go, link } from './route';
import { type Unsaved, forgetUnsaved, keepUnsaved, unsavedOf } from './unsaved';

const PICTURE_SIZE = 224;
const SHORTCUTS_KEY = 'assay-shortcuts';

const DONE: Record<DecisionKind, string> = { keep: 'kept', relabel: 'relabelled', drop: 'dropped', skip: 'skipped' };

/** One suspicious row after the other, to be kept, relabelled or dropped. */
export function ReviewPage({ id }: { id: string }) {
  const run = useLoaded(() => api.run(id), [id]);
  const review = useLoaded(() => api.review(id), [id]);
  const problem = run.problem ?? review.problem;
  return (
    <>
      <div class="heading">
        <Title name={run.value === null ? 'Review' : `Review of ${run.value.name}`}>Review suspicious rows</Title>
        <p class="links">
          <a href={link.run(id)}>{run.value === null ? 'Back to the run' : `Back to ${run.value.name}`}</a>
        </p>
      </div>
      {problem !== null && (
        <Problem
          onRetry={() => {
            run.reload();
            review.reload();
          }}
        >
          {problem}
        </Problem>
      )}
      {problem === null && (review.value === null || run.value === null) && <Waiting>Looking for suspicious rows …</Waiting>}
      {review.value !== null && run.value !== null && review.value.rows.length === 0 && (
        <div class="empty">
          <p>No row of this run looks suspicious. There is nothing to review.</p>
        </div>
      )}
      {review.value !== null && run.value !== null && review.value.rows.length > 0 && <Queue run={run.value} review={review.value} />}
    </>
  );
}

function Queue({ run, review }: { run: Run; review: Review }) {
  const [everything, setEverything] = useState<ReviewRow[]>(() => withUnsaved(review.rows, unsavedOf(run.id)));
  // what is not suspicious is looked at only by those who ask for it
  const [all, setAll] = useState(false);
  const rows = everything.filter((each) => all || each.judged || each.decision !== null);
  const more = everything.length - rows.length;
  const [undoable, setUndoable] = useState(review.undoable);
  const [at, setAt] = useState(() => firstOpen(rows, 0));
  const [said, setSaid] = useState('');
  const [unsaved, setUnsaved] = useState<Unsaved[]>(() => unsavedOf(run.id));
  const [problem, setProblem] = useState<string | null>(() => (unsavedOf(run.id).length === 0 ? null : 'Assay did not answer when you took them.'));
  const [showsKeys, setShowsKeys] = useState(false);
  const [shortcuts, setShortcuts] = useShortcuts();
  const labelField = useRef<HTMLSelectElement & HTMLInputElement>(null);
  // decisions reach the server one after the other, in the order in which they were taken
  const line = useRef<Promise<void>>(Promise.resolve());

  const row = rows[at];
  const change = (of: number, decision: ReviewRow['decision']) =>
    setEverything((before) => before.map((other) => (other.row === of ? { ...other, decision } : other)));

  const save = useCallback(
    (wanted: Unsaved) => {
      line.current = line.current.then(async () => {
        try {
          const saved = await api.decide(run.id, wanted.row, wanted.decision, wanted.label);
          change(saved.row, saved.decision);
          setUndoable(saved.undoable);
          // an older one on the same row no longer counts
          const left = forgetUnsaved(run.id, wanted.row);
          setUnsaved(left);
          if (left.length === 0) {
            setProblem(null);
          }
        } catch (error) {
          setProblem(messageOf(error));
          setUnsaved(keepUnsaved(run.id, wanted));
        }
      });
    },
    [run.id],
  );

  const decide = (decision: DecisionKind, label: string | null = null) => {
    if (row === undefined) {
      return;
    }
    change(row.row, { decision, label, time: new Date().toISOString() });
    setUndoable(true);
    setSaid(`Row ${row.id} ${DONE[decision]}${label === null ? '' : ` as ${label}`}.`);
    save({ row: row.row, decision, label, before: row.decision });
    setAt(firstOpen(rows.map((other) => (other === row ? { ...row, decision: { decision, label, time: '' } } : other)), at + 1));
  };

  const undo = () => {
    const last = unsaved[unsaved.length - 1];
    if (last !== undefined) {
      // it never reached the server
      const left = forgetUnsaved(run.id, last.row);
      setUnsaved(left);
      if (left.length === 0) {
        setProblem(null);
      }
      change(last.row, last.before);
      setAt(rows.findIndex((other) => other.row === last.row));
      return;
    }
    line.current = line.current.then(async () => {
      try {
        const undone = await api.undo(run.id);
        change(undone.row, undone.decision);
        setUndoable(undone.undoable);
        const index = rows.findIndex((other) => other.row === undone.row);
        if (index >= 0) {
          setAt(index);
          setSaid(`Taken back: row ${rows[index]?.id}.`);
        }
      } catch (error) {
        setProblem(messageOf(error));
      }
    });
  };

  const retry = () => {
    const again = unsaved;
    setProblem(null);
    again.forEach(save);
  };

  const move = (step: number) => setAt(Math.min(rows.length - 1, Math.max(0, at + step)));
  const suggestion = row !== undefined && row.suggested !== '' && row.suggested !== row.label ? row.suggested : null;

  const keys: Record<string, () => void> = {
    k: () => decide('keep'),
    r: () => (suggestion === null ? labelField.current?.focus() : decide('relabel', suggestion)),
    l: () => labelField.current?.focus(),
    d: () => decide('drop'),
    s: () => decide('skip'),
    u: () => undoable && undo(),
    ArrowRight: () => move(1),
    ArrowLeft: () => move(-1),
    '?': () => setShowsKeys(!showsKeys),
  };
  const pressed = useRef(keys);
  pressed.current = keys;
  useEffect(() => {
    if (!shortcuts) {
      return undefined;
    }
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, textarea, [role="region"]')) {
        return;
      }
      const action = pressed.current[event.key] ?? pressed.current[event.key.toLowerCase()];
      if (action !== undefined) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shortcuts]);

  const others = more > 0 && (
    <p>
      <button type="button" class="button show-more" onClick={() => {
          setAll(true);
          setAt(firstOpen(everything, 0));
        }}>
        Show {more === 1 ? '1 row' : `${more} rows`} more that {more === 1 ? 'is' : 'are'} not suspicious
      </button>
    </p>
  );
  if (row === undefined) {
    return (
      <div class="empty">
        <p>No row of this run looks suspicious. There is nothing that has to be reviewed.</p>
        {others}
      </div>
    );
  }
  const counts = countsOf(rows);
  const saved = countsOf(rows, new Map(unsaved.map((each) => [each.row, each.before])));
  const decided = rows.length - counts.open;
  return (
    <>
      <div class="review-progress">
        <ProgressBar share={rows.length === 0 ? null : decided / rows.length} label="Rows that are decided" />
        <p role="status">
          {decided} of {plural(rows.length, 'row')} decided, the most suspicious first
          <span class="soft">
            {' '}
            · {counts.keep} kept · {counts.relabel} relabelled · {counts.drop} dropped · {counts.skip} skipped
          </span>
          {unsaved.length > 0 && <b> · {unsaved.length} not saved</b>}
        </p>
        {rows.every((each) => each.id === String(each.row)) && (
          <p class="help">Rows are counted from 0, without the line of names: row 0 is the first one of the file.</p>
        )}
      </div>
      {problem !== null && (
        <Problem onRetry={unsaved.length > 0 ? retry : undefined}>
          {unsaved.length > 0 && <b>{plural(unsaved.length, 'decision')} not saved. </b>}
          {problem}
        </Problem>
      )}
      {counts.open === 0 && unsaved.length === 0 && (
        <p class="verdict" role="status">
          All suspicious rows are decided. Export the cleaned data below, or run again with your decisions.
        </p>
      )}
      <article class="suspect" aria-labelledby="suspect-title">
        <header>
          <h2 id="suspect-title">
            Row {row.id}{' '}
            <small class="soft">
              {`number ${at + 1} of ${rows.length}`}
              {typeof row.line === 'number' && `, line ${row.line} of the file`}
            </small>
          </h2>
          {row.judged && <span class="tag tag-bad">does not belong</span>}
          {row.decision !== null && <span class={`badge decision-${row.decision.decision}`}>{DONE[row.decision.decision]}</span>}
          <span class="arrows">
            <button type="button" class="button" onClick={() => move(-1)} disabled={at === 0} aria-label="Row before">
              ←
            </button>
            <button type="button" class="button" onClick={() => move(1)} disabled={at === rows.length - 1} aria-label="Next row">
              →
            </button>
          </span>
        </header>
        <Suspect row={row} columns={review.columns} images={review.images} />
        <Decide
          row={row}
          suggestion={suggestion}
          review={review}
          labelField={labelField}
          undoable={undoable || unsaved.length > 0}
          onDecide={decide}
          onUndo={undo}
        />
      </article>
      <p class="hidden-visually" role="status">
        {said}
      </p>
      <details class="keys" open={showsKeys} onToggle={(event) => setShowsKeys(event.currentTarget.open)}>
        <summary>Keys (?)</summary>
        <dl>
          {[
            ['K', 'keep the label'],
            ['R', 'relabel as suggested'],
            ['L', 'choose another label'],
            ['D', 'drop the row'],
            ['S', 'skip: decide later'],
            ['U', 'undo'],
            ['← →', 'row before, next row'],
          ].map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <label class="check">
          <input type="checkbox" checked={shortcuts} onChange={(event) => setShortcuts(event.currentTarget.checked)} />
          Listen to these keys
        </label>
      </details>
      {others}
      <Decisions rows={rows} onGo={(index) => setAt(index)} />
      <After run={run} counts={saved} unsaved={unsaved.length} />
    </>
  );
}

/** The rows with the decisions that are not on the server yet. */
function withUnsaved(rows: ReviewRow[], unsaved: Unsaved[]): ReviewRow[] {
  const wanted = new Map(unsaved.map((each) => [each.row, each]));
  return rows.map((row) => {
    const own = wanted.get(row.row);
    return own === undefined ? row : { ...row, decision: { decision: own.decision, label: own.label, time: '' } };
  });
}

/** How many rows there are of each decision; for rows in instead, that one counts. */
function countsOf(rows: ReviewRow[], instead: Map<number, Decision | null> = new Map()): Counts {
  const counts: Counts = { keep: 0, relabel: 0, drop: 0, skip: 0, open: 0 };
  for (const row of rows) {
    const decision = instead.has(row.row) ? (instead.get(row.row) ?? null) : row.decision;
    counts[decision?.decision ?? 'open']++;
  }
  return counts;
}

/** The next row without a decision, from here on and then from the start; the last one where there is none. */
function firstOpen(rows: ReviewRow[], from: number): number {
  for (let step = 0; step < rows.length; step++) {
    const index = (from + step) % rows.length;
    if (rows[index]?.decision === null) {
      return index;
    }
  }
  return Math.min(from, rows.length - 1);
}

function useShortcuts(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    try {
      return window.localStorage.getItem(SHORTCUTS_KEY) !== 'off';
    } catch {
      return true;
    }
  });
  const change = (wanted: boolean) => {
    setOn(wanted);
    try {
      window.localStorage.setItem(SHORTCUTS_KEY, wanted ? 'on' : 'off');
    } catch {
      // holds until the page is closed
    }
  };
  return [on, change];
}

function Suspect({ row, columns, images }: { row: ReviewRow; columns: string[]; images: Images | null }) {
  const against = useMemo(() => new Set(row.against.map((value) => value.column)), [row]);
  const longest = Math.max(...row.against.map((value) => Math.abs(value.effect)), FULL_BAR);
  // what speaks against the label first, strongest first, then the others as they stand in the file
  const values = useMemo(() => {
    const texts = new Map(row.values.map((value, index) => [columns[index] ?? '', value]));
    const others = columns.filter((name) => texts.has(name) && !against.has(name));
    return [
      ...row.against.map(({ column, value, effect }) => ({ column, value: texts.get(column) ?? value, effect })),
      ...others.map((column) => ({ column, value: texts.get(column) ?? '', effect: null })),
    ];
  }, [row, columns, against]);
  return (
    <div class="suspect-body">
      <div class="labels">
        <div>
          <span class="soft">Label in the file</span>
          <b class="label-now">{row.label === '' ? '(empty)' : row.label}</b>
        </div>
        <div>
          <span class="soft">Assay suggests</span>
          <b class="label-new">{row.suggested === '' ? '–' : row.suggested}</b>
          {row.probability !== null && (
            <span class="probability">
              <ShareBar share={row.probability} kind="strong" />
              probability {formatProbability(row.probability)}
            </span>
          )}
        </div>
        {row.source !== null && (
          <div>
            <span class="soft">Known origin</span>
            <b>{row.source}</b>
          </div>
        )}
      </div>
      {images !== null && row.image >= 0 && <Picture images={images} index={row.image} size={PICTURE_SIZE} text={`Picture of row ${row.id}`} />}
      {row.values.length > 0 && (
        <div class="scroller values" tabIndex={0} role="region" aria-label="Values of the row">
          <table>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Value</th>
                <th scope="col">Speaks against the label</th>
              </tr>
            </thead>
            <tbody>
              {values.map(({ column, value, effect }) => (
                <tr key={column} class={effect === null ? '' : 'is-against'}>
                  <th scope="row">{column}</th>
                  <td>
                    <Value text={value} />
                  </td>
                  <td>{effect !== null && <Effect effect={effect} longest={longest} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** An effect that makes another label e⁵ = 150 times as likely fills its bar. */
const FULL_BAR = 5;

/** How much a value speaks against the label: effect in nats, as it is, not as it compares with the other values of the row. */
function Effect({ effect, longest }: { effect: number; longest: number }) {
  const size = Math.abs(effect);
  const word = size < 0.3 ? 'slightly' : size < 1 ? 'somewhat' : size < 2.5 ? 'clearly' : 'strongly';
  return (
    <span class="effect" title={`${formatSigned(effect)} nats`}>
      <ShareBar share={size / longest} kind={effect < 0 ? 'plain' : 'against'} />
      {effect < 0 ? `${word} for it` : word}
    </span>
  );
}

interface DecideProps {
  row: ReviewRow;
  suggestion: string | null;
  review: Review;
  labelField: { current: (HTMLSelectElement & HTMLInputElement) | null };
  undoable: boolean;
  onDecide: (decision: DecisionKind, label?: string | null) => void;
  onUndo: () => void;
}

function Decide({ row, suggestion, review, labelField, undoable, onDecide, onUndo }: DecideProps) {
  const [other, setOther] = useState('');
  useEffect(() => setOther(''), [row.row]);
  const takeOther = () => {
    if (other.trim() !== '') {
      onDecide('relabel', other);
      // the keys work again
      labelField.current?.blur();
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      takeOther();
    }
    if (event.key === 'Escape') {
      labelField.current?.blur();
    }
  };
  return (
    <div class="decide">
      <div class="actions">
        <button type="button" class="button" onClick={() => onDecide('keep')} aria-keyshortcuts="K">
          Keep <kbd>K</kbd>
        </button>
        {suggestion !== null && (
          <button type="button" class="button primary" onClick={() => onDecide('relabel', suggestion)} aria-keyshortcuts="R">
            Relabel as {suggestion} <kbd>R</kbd>
          </button>
        )}
        <button type="button" class="button" onClick={() => onDecide('drop')} aria-keyshortcuts="D">
          Drop <kbd>D</kbd>
        </button>
        <button type="button" class="button" onClick={() => onDecide('skip')} aria-keyshortcuts="S">
          Skip <kbd>S</kbd>
        </button>
        <button type="button" class="button button-quiet" onClick={onUndo} disabled={!undoable} aria-keyshortcuts="U">
          Undo <kbd>U</kbd>
        </button>
      </div>
      <Field label="Another label (L)">
        {(id) => (
          <span class="row">
            {review.classes.length > 0 ? (
              <select id={id} ref={labelField} value={other} onChange={(event) => setOther(event.currentTarget.value)} onKeyDown={onKey}>
                <option value="">choose …</option>
                {review.classes
                  .filter((name) => name !== row.label)
                  .map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
              </select>
            ) : (
              <input id={id} ref={labelField} type="text" inputMode="decimal" value={other} onInput={(event) => setOther(event.currentTarget.value)} onKeyDown={onKey} />
            )}
            <button type="button" class="button" disabled={other.trim() === ''} onClick={takeOther}>
              Relabel
            </button>
          </span>
        )}
      </Field>
    </div>
  );
}

function Decisions({ rows, onGo }: { rows: ReviewRow[]; onGo: (index: number) => void }) {
  const decided = rows.map((row, index) => ({ row, index })).filter(({ row }) => row.decision !== null);
  if (decided.length === 0) {
    return null;
  }
  return (
    <details class="decisions">
      <summary>{plural(decided.length, 'decision')}</summary>
      <div class="scroller" tabIndex={0} role="region" aria-label="Decisions">
        <table>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Label in the file</th>
              <th scope="col">Decision</th>
              <th scope="col">New label</th>
              <th scope="col">When</th>
              <th scope="col">
                <span class="hidden-visually">Go there</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {decided.map(({ row, index }) => (
              <tr key={row.row}>
                <th scope="row">{row.id}</th>
                <td>{row.label}</td>
                <td>{row.decision !== null && DONE[row.decision.decision]}</td>
                <td>{row.decision?.label}</td>
                <td>{row.decision !== null && row.decision.time !== '' && <Moment at={row.decision.time} />}</td>
                <td>
                  <button type="button" class="button button-quiet" onClick={() => onGo(index)} aria-label={`Change row ${row.id}`}>
                    Change
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function After({ run, counts, unsaved }: { run: Run; counts: Counts; unsaved: number }) {
  const { busy, problem, act } = useAction();
  const changes = counts.relabel + counts.drop;
  const any = changes + counts.keep > 0;
  return (
    <section class="step" aria-labelledby="after">
      <h2 id="after">When you have decided</h2>
      <p class="help">
        {any
          ? `The cleaned data has ${plural(counts.relabel, 'new label')} and is ${plural(counts.drop, 'row')} shorter. Your own file stays as it is.`
          : 'As soon as there is a decision, you can export the cleaned data here, or run again with it. Your own file stays as it is.'}
      </p>
      {unsaved > 0 && <p class="help">{plural(unsaved, 'decision')} not saved yet: not in the cleaned data.</p>}
      {problem !== null && <Problem>{problem}</Problem>}
      <div class="actions">
        {any ? (
          <a class="button" href={api.cleanedAddress(run.id)} download="">
            Export the cleaned data
          </a>
        ) : (
          <button type="button" class="button" disabled>
            Export the cleaned data
          </button>
        )}
        <button
          type="button"
          class="button"
          disabled={busy || !any}
          onClick={() => act(async () => go(link.run((await api.again(run.id, true)).id)))}
        >
          Run again with these decisions
        </button>
      </div>
    </section>
  );
}
