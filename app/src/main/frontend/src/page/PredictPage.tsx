import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatNumber, formatProbability, formatShare, plural } from '../shared/format';
import { Picture } from '../shared/Picture';
import { api, messageOf } from './api';
import type { BatchAnswer, PredictAnswer, PredictedRow, ReviewRow, Run, Schema, SchemaColumn, SimilarRow } from '../shared/types';
import { Field, Problem, ProgressBar, ShareBar, Title, Value, Waiting, useAction, useLoaded } from './parts';
import { imagesOf, nestedPixels } from './pictures';
import { link } from './route';

const SIMILAR = 6;
const PICTURES_SHOWN = 20;
const CLASSES_SHOWN = 12;
const PICTURE_SIZE = 72;
/** the router that knows nothing of a row */
const BY_SHARES = 'prior';

/** The model of a run at work: on a row typed in, and on a file. */
export function PredictPage({ id }: { id: string }) {
  const { value, problem, reload } = useLoaded(() => Promise.all([api.run(id), api.schema(id)]), [id]);
  return (
    <>
      <div class="heading">
        <Title name={value === null ? 'Predict' : `Predict with ${value[0].name}`}>Predict</Title>
        <p class="links">
          <a href={link.run(id)}>{value === null ? 'Back to the run' : `Back to ${value[0].name}`}</a>
        </p>
      </div>
      {problem !== null && <Problem onRetry={reload}>{problem}</Problem>}
      {value === null && problem === null && <Waiting>Opening the model …</Waiting>}
      {value !== null && <Model run={value[0]} schema={value[1]} />}
    </>
  );
}

function Model({ run, schema }: { run: Run; schema: Schema }) {
  const isForm = !schema.wide && schema.image === null;
  return (
    <>
      <p>
        Predicts {schema.label === '' ? 'the label' : <b>{schema.label}</b>}
        {schema.blocks.length < 2
          ? '.'
          : schema.router.name === BY_SHARES
            ? ` with ${plural(schema.blocks.length, 'expert')}. The features do not tell which block a row is of: blocks count by their shares.`
            : ` with ${plural(schema.blocks.length, 'expert')}; the router “${schema.router.name}” finds the one for each row.`}
      </p>
      {isForm && <OneRow schema={schema} run={run} />}
      {schema.image !== null && <p class="help">{`Rows are pictures of ${schema.image.width} × ${schema.image.height} pixels.`}</p>}
      {schema.image !== null && schema.array !== null && run.hasReview && <OnePicture schema={schema} run={run} array={schema.array} />}
      {!isForm && schema.image === null && <p class="help">A row has too many values to type in: give a file of rows.</p>}
      <Batch run={run} schema={schema} />
    </>
  );
}

function OneRow({ run, schema }: { run: Run; schema: Schema }) {
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(schema.columns.map((column) => [column.name, column.example ?? ''])),
  );
  const [block, setBlock] = useState<number | null>(null);
  const [answer, setAnswer] = useState<Answered | null>(null);
  const { busy, problem, act } = useAction();
  // an answer is shown only beside the row that it is about
  const asked = useRef(0);
  const forget = () => {
    asked.current++;
    setAnswer(null);
  };
  const predict = (event: Event) => {
    event.preventDefault();
    forget();
    const question = asked.current;
    act(async () => {
      const row = Object.fromEntries(schema.columns.map((column) => [column.name, valueOf(column, values[column.name] ?? '')]));
      const predicted = await api.predict(run.id, row, SIMILAR, block);
      if (asked.current === question) {
        setAnswer(answerOf(predicted, block));
      }
    });
  };
  return (
    <section class="step" aria-labelledby="one-row">
      <h2 id="one-row">One row</h2>
      <form onSubmit={predict}>
        <p class="help">Filled in with values to begin with: the means of the numbers, and one of the possible values elsewhere. Leave a field empty where the value is missing.</p>
        <div class="fields narrow">
          {schema.columns.map((column) => (
            <ColumnInput
              key={column.name}
              column={column}
              value={values[column.name] ?? ''}
              onChange={(value) => {
                setValues((before) => ({ ...before, [column.name]: value }));
                forget();
              }}
            />
          ))}
          <BlockField
            schema={schema}
            block={block}
            onChange={(chosen) => {
              setBlock(chosen);
              forget();
            }}
          />
        </div>
        {problem !== null && <Problem>{problem}</Problem>}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? 'Predicting …' : 'Predict'}
        </button>
      </form>
      <div aria-live="polite">{answer !== null && <Answer schema={schema} answered={answer} />}</div>
    </section>
  );
}

interface Answered {
  row: PredictedRow;
  notes: string[];
  /** whether the reader chose the block, not the router */
  isGiven: boolean;
}

function answerOf(predicted: PredictAnswer, block: number | null): Answered | null {
  const row = predicted.predictions[0];
  return row === undefined ? null : { row, notes: predicted.notes, isGiven: block !== null };
}

/** Whose expert answers, where there are several. */
function BlockField({ schema, block, onChange }: { schema: Schema; block: number | null; onChange: (block: number | null) => void }) {
  if (schema.blocks.length < 2) {
    return null;
  }
  return (
    <Field label="Block" help="Where you know which one the row is of.">
      {(id, helpId) => (
        <select
          id={id}
          aria-describedby={helpId}
          value={block ?? ''}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        >
          <option value="">let the router decide</option>
          {schema.blocks.map((each) => (
            <option key={each.block} value={each.block}>
              {each.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** One of the pictures that were judged suspicious: the hardest ones, and at hand. */
function OnePicture({ run, schema, array }: { run: Run; schema: Schema; array: string }) {
  const { value: review, problem: missing, reload } = useLoaded(() => api.review(run.id), [run.id]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [block, setBlock] = useState<number | null>(null);
  const [answer, setAnswer] = useState<Answered | null>(null);
  const { problem, act } = useAction();
  const images = review?.images ?? null;
  if (missing !== null) {
    return <Problem onRetry={reload}>{missing}</Problem>;
  }
  if (review === null || images === null) {
    return null;
  }
  const rows = review.rows.filter((row) => row.image >= 0).slice(0, PICTURES_SHOWN);
  const predict = (row: ReviewRow) => {
    setChosen(row.row);
    setAnswer(null);
    act(async () => {
      setAnswer(answerOf(await api.predict(run.id, { [array]: nestedPixels(images, row.image) }, SIMILAR, block), block));
    });
  };
  return (
    <section class="step" aria-labelledby="one-picture">
      <h2 id="one-picture">One picture</h2>
      <p class="help">Choose one of the most suspicious pictures of the training data.</p>
      <BlockField
        schema={schema}
        block={block}
        onChange={(wanted) => {
          setBlock(wanted);
          setChosen(null);
          setAnswer(null);
        }}
      />
      <ul class="pictures">
        {rows.map((row) => (
          <li key={row.row}>
            <button type="button" aria-pressed={chosen === row.row} onClick={() => predict(row)}>
              <Picture images={images} index={row.image} size={56} text={`Predict row ${row.id}, labelled ${row.label}`} />
            </button>
          </li>
        ))}
      </ul>
      {problem !== null && <Problem>{problem}</Problem>}
      <div aria-live="polite">{answer !== null && <Answer schema={schema} answered={answer} />}</div>
    </section>
  );
}

function valueOf(column: SchemaColumn, text: string): string | number | null {
  if (text.trim() === '') {
    return null;
  }
  const number = Number(text);
  return column.kind === 'number' && Number.isFinite(number) ? number : text;
}

function ColumnInput({ column, value, onChange }: { column: SchemaColumn; value: string; onChange: (value: string) => void }) {
  const choices = column.values ?? (column.kind === 'truth' ? ['true', 'false'] : []);
  return (
    <Field label={column.name}>
      {(id) =>
        choices.length > 0 && (column.kind === 'category' || column.kind === 'truth') ? (
          <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
            <option value="">(missing)</option>
            {[...new Set(value === '' ? choices : [...choices, value])].map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            type="text"
            inputMode={column.kind === 'number' ? 'decimal' : 'text'}
            pattern={column.kind === 'number' ? '\\s*[\\-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][\\-+]?[0-9]+)?\\s*' : undefined}
            title={column.kind === 'number' ? 'A number, with a point before the decimals' : undefined}
            placeholder={column.kind === 'date' ? '2026-01-31' : undefined}
            autocomplete="off"
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )
      }
    </Field>
  );
}

function Answer({ schema, answered }: { schema: Schema; answered: Answered }) {
  const { row: answer, notes, isGiven } = answered;
  const classes = Object.entries(answer.probabilities ?? {}).sort(([, a], [, b]) => b - a);
  const block = schema.blocks.find((other) => other.block === answer.block);
  return (
    <div class="answer">
      <p class="verdict">
        {schema.label === '' ? 'Label' : schema.label}: <b>{typeof answer.prediction === 'number' ? formatNumber(answer.prediction, 5) : answer.prediction}</b>
        {typeof answer.probability === 'number' && <span class="soft"> with probability {formatProbability(answer.probability)}</span>}
        {typeof answer.deviation === 'number' && <span class="soft"> ± {formatNumber(answer.deviation)} (standard deviation)</span>}
      </p>
      {notes.map((note) => (
        <p key={note} class="help">
          {note}
        </p>
      ))}
      <div class="answer-bars">
        {classes.length > 0 && (
          <Bars title="Probability of each label" entries={classes.slice(0, CLASSES_SHOWN).map(([name, share]) => ({ name, share }))} chosen={String(answer.prediction)} />
        )}
        {answer.blocks.length > 1 && !isGiven && (
          <Bars
            title={schema.router.name === BY_SHARES ? 'How much each expert counts' : 'Which expert the router trusts'}
            entries={answer.blocks.map((share, index) => ({ name: schema.blocks[index]?.name ?? `block ${index + 1}`, share }))}
            chosen={block?.name ?? ''}
          />
        )}
      </div>
      {answer.similar.length > 0 && <Similar rows={answer.similar} schema={schema} block={block?.name ?? `block ${answer.block}`} />}
    </div>
  );
}

function Bars({ title, entries, chosen }: { title: string; entries: { name: string; share: number }[]; chosen: string }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul class="bars">
        {entries.map((entry) => (
          <li key={entry.name} class={entry.name === chosen ? 'is-chosen' : ''}>
            <span>{entry.name}</span>
            <ShareBar share={entry.share} kind={entry.name === chosen ? 'strong' : 'plain'} />
            <span>{formatShare(entry.share)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Training rows near the one that was predicted. */
function Similar({ rows, schema, block }: { rows: SimilarRow[]; schema: Schema; block: string }) {
  const columns = schema.columns.map((column) => column.name).filter((name) => rows.some((row) => name in row.values));
  return (
    <section aria-label="The most similar training rows">
      <h3>The most similar training rows of {block}</h3>
      <div class="scroller" tabIndex={0} role="region" aria-label="Similar training rows">
        <table>
          <thead>
            <tr>
              <th scope="col">Row</th>
              {rows.some((row) => row.image !== undefined) && <th scope="col">Picture</th>}
              <th scope="col">{schema.label === '' ? 'Label' : schema.label}</th>
              <th scope="col" class="number">
                Distance
              </th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row}>
                <th scope="row">{row.id ?? row.row}</th>
                {rows.some((other) => other.image !== undefined) && <td>{row.image !== undefined && <SimilarPicture row={row} schema={schema} />}</td>}
                <td>
                  <b>{row.label}</b>
                </td>
                <td class="number">{formatNumber(row.distance)}</td>
                {columns.map((name) => (
                  <td key={name}>
                    <Value text={row.values[name]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SimilarPicture({ row, schema }: { row: SimilarRow; schema: Schema }) {
  const images = useMemo(
    () => (schema.image === null || row.image === undefined ? null : imagesOf({ ...schema.image, pixels: row.image })),
    [row, schema],
  );
  return images === null ? null : <Picture images={images} index={0} size={PICTURE_SIZE} text={`Row ${row.id ?? row.row}, labelled ${row.label}`} />;
}

function Batch({ run, schema }: { run: Run; schema: Schema }) {
  const [share, setShare] = useState<number | null>(null);
  const [answer, setAnswer] = useState<BatchAnswer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [name, setName] = useState('');
  useEffect(() => setAnswer(null), [run.id]);
  const send = (file: File | undefined) => {
    if (file === undefined) {
      return;
    }
    setName(file.name);
    setAnswer(null);
    setProblem(null);
    setShare(0);
    api.predictFile(run.id, file, setShare).then(
      (predicted) => {
        setShare(null);
        setAnswer(predicted);
      },
      (error: unknown) => {
        setShare(null);
        setProblem(messageOf(error));
      },
    );
  };
  return (
    <section class="step" aria-labelledby="batch">
      <h2 id="batch">A whole file</h2>
      <Field
        label="File of new rows"
        help={`A file like the one that the model was made from${schema.image === null && schema.label !== '' ? `; the column ${schema.label} need not be there` : ''}. Every row gets a prediction.`}
      >
        {(id, helpId) => <input id={id} type="file" aria-describedby={helpId} onChange={(event) => send(event.currentTarget.files?.[0])} />}
      </Field>
      {share !== null && (
        <div class="uploading">
          <ProgressBar share={share < 1 ? share : null} label="Upload of the file" />
          <p role="status">{share < 1 ? `${formatShare(share)} of ${name} sent` : 'Predicting …'}</p>
        </div>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
      {answer !== null && (
        <>
          <p role="status">
            {plural(answer.records, 'row')} of {name} predicted
            {answer.records > answer.rows.length && `; the first ${answer.rows.length} are shown`}.{' '}
            <a href={api.fileAddress(run.id, answer.file)} download="predictions.csv">
              Download all predictions (CSV)
            </a>
          </p>
          <div class="scroller preview" tabIndex={0} role="region" aria-label="Predictions">
            <table>
              <thead>
                <tr>
                  {answer.columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {answer.rows.map((row, index) => (
                  <tr key={index}>
                    {row.map((cell, column) => (
                      <td key={column}>{roundedCell(cell, answer.columns[column] ?? '', answer.columns.includes('deviation'))}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

/** Numbers as a person would write them; the file has all digits. A predicted class is a text, whatever it looks like. */
export function roundedCell(cell: string | null, column: string, isNumber: boolean): string {
  const value = cell === null || cell.trim() === '' ? NaN : Number(cell);
  if (Number.isFinite(value) && (/^(p_|b_)/.test(column) || column === 'probability')) {
    return formatProbability(value);
  }
  if (Number.isFinite(value) && isNumber && (column === 'prediction' || column === 'deviation')) {
    return formatNumber(value, 5);
  }
  return cell ?? '';
}
