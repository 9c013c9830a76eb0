import { useState } from 'preact/hooks';
import { formatCount, plural } from '../shared/format';
import { type FileChoice, api, messageOf } from './api';
import type { Command, Preview, RunOptions, RunRequest, Status } from '../shared/types';
import { DataPreview } from './DataPreview';
import { takeHandedOver } from './dropped';
import { FileField } from './FileField';
import { COMMAND_NAMES, Field, Problem, Title, Waiting, useAction, useLoaded } from './parts';
import { go, link } from './route';

interface Job {
  command: Command;
  explanation: string;
}

const JOBS: Job[] = [
  {
    command: 'run',
    explanation:
      'Recommended. Is it one data set, or several? Finds the parts, trains an expert for each, sends new rows to the right one, and measures whether that predicts better than one model.',
  },
  { command: 'purify', explanation: 'Takes out the rows that do not belong, says why, and keeps the others as a file.' },
  { command: 'divide', explanation: 'Finds the parts and what tells them apart, without a model that predicts.' },
  { command: 'diagnose', explanation: 'Measures how mixed the data is and how suspicious each row is. Takes nothing out.' },
];

type ColumnUse = 'guess' | 'number' | 'category' | 'text' | 'out';

interface Settings {
  label: string;
  features: string;
  source: string;
  id: string;
  weight: string;
  uses: Record<string, ColumnUse>;
  task: string;
  router: string;
  model: string;
  maxBlocks: string;
  criterion: string;
  seed: string;
  name: string;
}

const EMPTY: Settings = {
  label: '',
  features: '',
  source: '',
  id: '',
  weight: '',
  uses: {},
  task: 'auto',
  router: 'auto',
  model: 'auto',
  maxBlocks: '',
  criterion: 'auto',
  seed: '',
  name: '',
};

/** From a file to a run: the file, what is in it, what to find out. */
export function NewRunPage() {
  const status = useLoaded(api.status, []);
  const [file, setFile] = useState<FileChoice | null>(null);
  const [header, setHeader] = useState('auto');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, setReading] = useState(false);
  const [given] = useState(takeHandedOver);

  const look = (chosen: FileChoice | null, withHeader: string) => {
    setFile(chosen);
    setHeader(withHeader);
    setPreview(null);
    setProblem(null);
    if (chosen === null) {
      return;
    }
    setReading(true);
    api.preview(chosen, withHeader).then(
      (found) => {
        setReading(false);
        setPreview(found);
      },
      (error: unknown) => {
        setReading(false);
        setProblem(messageOf(error));
      },
    );
  };

  return (
    <>
      <Title>New run</Title>
      {status.problem !== null && <Problem onRetry={status.reload}>{status.problem}</Problem>}
      {status.value !== null && (
        <section class="step" aria-labelledby="step-file">
          <h2 id="step-file">
            <span class="step-number">1</span> Your data
          </h2>
          <p class="help">
            A table (CSV, TSV, JSON, Parquet), arrays (npz, npy) or images (IDX); also gzipped. One row is one example, one column is what is to
            be predicted. Everything stays on this machine.
          </p>
          <FileField label="Data file" status={status.value} file={file} onFile={(chosen) => look(chosen, 'auto')} isLarge given={given} />
          {isReading && <Waiting>Reading the first rows …</Waiting>}
          {problem !== null && <Problem onRetry={() => look(file, header)}>{problem}</Problem>}
        </section>
      )}
      {status.value !== null && file !== null && preview !== null && (
        <RunForm
          key={JSON.stringify(file) + header}
          file={file}
          header={header}
          preview={preview}
          status={status.value}
          onHeader={(chosen) => look(file, chosen)}
        />
      )}
    </>
  );
}

interface FormProps {
  file: FileChoice;
  header: string;
  preview: Preview;
  status: Status;
  onHeader: (header: string) => void;
}

function RunForm({ file, header, preview, status, onHeader }: FormProps) {
  const [command, setCommand] = useState<Command>('run');
  const isArrays = preview.columns.length > 0 && preview.columns.every((column) => column.type === 'array');
  const [settings, setSettings] = useState<Settings>(() => ({
    ...EMPTY,
    label: preview.labels[0] ?? '',
    features: isArrays && !preview.needsLabels ? (preview.columns.find((column) => column.name !== preview.labels[0])?.name ?? '') : '',
  }));
  const [labels, setLabels] = useState<FileChoice | null>(null);
  const [test, setTest] = useState<FileChoice | null>(null);
  const [testLabels, setTestLabels] = useState<FileChoice | null>(null);
  const { busy, problem, act } = useAction();
  const set = (change: Partial<Settings>) => setSettings({ ...settings, ...change });

  const columns = preview.columns.map((column) => column.name);
  const others = columns.filter((name) => name !== settings.label);
  const needsColumn = !preview.needsLabels;
  const missing = needsColumn && settings.label === '' ? 'Choose the column to be predicted.' : preview.needsLabels && labels === null ? 'Choose the file of labels.' : null;

  const start = (event: Event) => {
    event.preventDefault();
    act(async () => {
      const run = await api.start(requestOf(file, header, preview, command, settings, labels, test, testLabels));
      go(link.run(run.id));
    });
  };

  return (
    <form onSubmit={start}>
      <section class="step" aria-labelledby="step-content">
        <h2 id="step-content">
          <span class="step-number">2</span> What is in it
        </h2>
        <p>
          <b>{preview.name}</b>: {preview.format}, {plural(preview.records, 'row')}
          {preview.columns.length > 0 && preview.image === null && `, ${plural(preview.columns.length, isArrays ? 'array' : 'column')}`}
          {preview.image !== null && `, pictures of ${preview.image.width} × ${preview.image.height} pixels`}.
        </p>
        <DataPreview preview={preview} label={settings.label} />
        {/csv|tsv|text/i.test(preview.format) && (
          <Field label="First line" help="Change this where the table above shows it wrong.">
            {(id, helpId) => (
              <select id={id} aria-describedby={helpId} value={header} onChange={(event) => onHeader(event.currentTarget.value)}>
                <option value="auto">guess whether it names the columns</option>
                <option value="yes">names the columns</option>
                <option value="no">is data already</option>
              </select>
            )}
          </Field>
        )}
        {needsColumn && (
          <Field
            label={isArrays ? 'Array of labels' : 'Column to predict (the label)'}
            help="Assay learns this from the others, and looks for rows where it does not fit."
          >
            {(id, helpId) => (
              <select id={id} aria-describedby={helpId} value={settings.label} onChange={(event) => set({ label: event.currentTarget.value })} required>
                {settings.label === '' && <option value="">choose …</option>}
                {columns.map((name) => (
                  <option key={name} value={name}>
                    {name}
                    {name === preview.labels[0] ? ' (guessed)' : ''}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {isArrays && others.length > 0 && !preview.needsLabels && (
          <Field label="Array of features">
            {(id) => (
              <select id={id} value={settings.features} onChange={(event) => set({ features: event.currentTarget.value })}>
                {others.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
        )}
        {preview.needsLabels && (
          <div class="sub">
            <p class="help">These rows come without labels. Give the file that holds them, in the same order (IDX or npy).</p>
            <FileField label="File of labels" status={status} file={labels} onFile={setLabels} />
          </div>
        )}
        {!isArrays && columns.length > 1 && <ColumnsField preview={preview} settings={settings} set={set} />}
      </section>

      <section class="step" aria-labelledby="step-job">
        <h2 id="step-job">
          <span class="step-number">3</span> What to find out
        </h2>
        <fieldset class="cards">
          <legend class="hidden-visually">Job</legend>
          {JOBS.map((job) => (
            <label key={job.command} class={job.command === command ? 'card chosen' : 'card'}>
              <input type="radio" name="command" value={job.command} checked={job.command === command} onChange={() => setCommand(job.command)} />
              <span>
                <b>{COMMAND_NAMES[job.command]}</b>
                <span class="help">{job.explanation}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {(command === 'run' || command === 'purify') && (
          <details>
            <summary>Test rows of your own (optional)</summary>
            <p class="help">
              {command === 'run'
                ? 'Clean rows with the same columns, to measure with. Without them one row in five is held out.'
                : 'Clean rows with the same columns. The accuracy on them is watched, and decides nothing.'}
            </p>
            <FileField label="Test file" status={status} file={test} onFile={setTest} />
            {preview.needsLabels && <FileField label="Labels of the test file" status={status} file={testLabels} onFile={setTestLabels} />}
          </details>
        )}
        <AdvancedFields command={command} settings={settings} set={set} />
        {problem !== null && <Problem>{problem}</Problem>}
        <div class="start">
          <button type="submit" class="button primary" disabled={busy || missing !== null}>
            {busy ? 'Starting …' : 'Start'}
          </button>
          <p class="help" role="status">
            {missing ?? (preview.records > 50_000 ? `${formatCount(preview.records)} rows take a while. You can close this page meanwhile.` : '')}
          </p>
        </div>
      </section>
    </form>
  );
}

interface FieldsProps {
  settings: Settings;
  set: (change: Partial<Settings>) => void;
}

function ColumnsField({ preview, settings, set }: FieldsProps & { preview: Preview }) {
  const others = preview.columns.filter((column) => column.name !== settings.label);
  const changed = Object.values(settings.uses).filter((use) => use !== 'guess').length;
  return (
    <details>
      <summary>Columns with a role of their own{changed > 0 ? ` (${changed} changed)` : ''} (optional)</summary>
      <div class="fields">
        <ColumnField
          label="Known origin"
          help="Site, device, person who labelled: compared with the parts that are found, never used to find them."
          columns={others.map((column) => column.name)}
          value={settings.source}
          onChange={(source) => set({ source })}
        />
        <ColumnField
          label="Name of the row"
          help="Your own identifier, shown with each row and never learnt from."
          columns={others.map((column) => column.name)}
          value={settings.id}
          onChange={(id) => set({ id })}
        />
        <ColumnField
          label="Weight"
          help="How much each row counts."
          columns={others.filter((column) => column.type === 'number').map((column) => column.name)}
          value={settings.weight}
          onChange={(weight) => set({ weight })}
        />
      </div>
      <div class="scroller uses" tabIndex={0} role="region" aria-label="How each column is used">
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Looks like</th>
              <th scope="col">Use it</th>
            </tr>
          </thead>
          <tbody>
            {others.map((column) => (
              <tr key={column.name}>
                <th scope="row">{column.name}</th>
                <td>
                  {column.type}
                  {column.detail !== '' && `, ${column.detail}`}
                </td>
                <td>
                  <select
                    aria-label={`Use ${column.name}`}
                    value={settings.uses[column.name] ?? 'guess'}
                    onChange={(event) => set({ uses: { ...settings.uses, [column.name]: event.currentTarget.value as ColumnUse } })}
                  >
                    <option value="guess">as guessed</option>
                    <option value="number">as a number</option>
                    <option value="category">as a category</option>
                    <option value="text">as free text</option>
                    <option value="out">not at all</option>
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function ColumnField(props: { label: string; help: string; columns: string[]; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={props.label} help={props.help}>
      {(id, helpId) => (
        <select id={id} aria-describedby={helpId} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
          <option value="">none</option>
          {props.columns.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function AdvancedFields({ command, settings, set }: FieldsProps & { command: Command }) {
  const divides = command === 'run' || command === 'divide';
  return (
    <details>
      <summary>More settings (optional)</summary>
      <div class="fields">
        <Field label="Name of the run" help="As you want to see it in the list.">
          {(id, helpId) => (
            <input id={id} aria-describedby={helpId} value={settings.name} maxLength={80} onInput={(event) => set({ name: event.currentTarget.value })} />
          )}
        </Field>
        <Field label="Kind of label" help="Numbers with many values are predicted as numbers, unless you say otherwise.">
          {(id, helpId) => (
            <select id={id} aria-describedby={helpId} value={settings.task} onChange={(event) => set({ task: event.currentTarget.value })}>
              <option value="auto">decide by the labels</option>
              <option value="classification">classes</option>
              <option value="regression">numbers</option>
            </select>
          )}
        </Field>
        {divides && (
          <Field label="At most so many parts" help="8 if you leave it empty.">
            {(id, helpId) => (
              <input
                id={id}
                aria-describedby={helpId}
                type="number"
                min={1}
                max={30}
                value={settings.maxBlocks}
                onInput={(event) => set({ maxBlocks: event.currentTarget.value })}
              />
            )}
          </Field>
        )}
        <Field label="Experts" help="What the experts may be; of several the best, a linear one unless another is better by more than chance.">
          {(id, helpId) => (
            <select id={id} aria-describedby={helpId} value={settings.model} onChange={(event) => set({ model: event.currentTarget.value })}>
              {['auto', 'linear', 'linear,radial', 'radial', 'trees'].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        {command === 'run' && (
          <Field label="Router" help="What sends new rows to the experts; the one that predicts best, if you leave it.">
            {(id, helpId) => (
              <select id={id} aria-describedby={helpId} value={settings.router} onChange={(event) => set({ router: event.currentTarget.value })}>
                {['auto', 'prior', 'softmax', 'softmax-radial', 'centroid', 'adaptive-clustering', 'nearest'].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
        )}
        {command === 'purify' && (
          <Field label="Criterion" help="By what rows are taken out.">
            {(id, helpId) => (
              <select id={id} aria-describedby={helpId} value={settings.criterion} onChange={(event) => set({ criterion: event.currentTarget.value })}>
                {['auto', 'out-of-fold', 'delta-variance', 'self-influence', 'row-variance', 'loss', 'random'].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label="Seed" help="The same data and seed give the same results. 1 if you leave it empty.">
          {(id, helpId) => (
            <input
              id={id}
              aria-describedby={helpId}
              type="number"
              min={0}
              step={1}
              value={settings.seed}
              onInput={(event) => set({ seed: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

function requestOf(
  file: FileChoice,
  header: string,
  preview: Preview,
  command: Command,
  settings: Settings,
  labels: FileChoice | null,
  test: FileChoice | null,
  testLabels: FileChoice | null,
): RunRequest {
  const options: RunOptions = {};
  const put = (key: keyof RunOptions, value: string | string[], unless = '') => {
    if (value.length > 0 && value !== unless) {
      Object.assign(options, { [key]: value });
    }
  };
  const used = (use: ColumnUse) => Object.keys(settings.uses).filter((name) => settings.uses[name] === use && name !== settings.label);
  const divides = command === 'run' || command === 'divide';
  if (!preview.needsLabels) {
    put('label', settings.label);
  }
  if (settings.features !== '') {
    options.features = [settings.features];
  }
  if (divides) {
    put('source', settings.source);
  } else if (settings.source !== '') {
    settings = { ...settings, uses: { ...settings.uses, [settings.source]: 'out' } };
  }
  put('id', settings.id);
  put('weight', settings.weight);
  put('drop', used('out'));
  put('numeric', used('number'));
  put('categorical', used('category'));
  put('text', used('text'));
  put('task', settings.task, 'auto');
  put('header', header, 'auto');
  if (divides && settings.maxBlocks !== '') {
    options.maxBlocks = Number(settings.maxBlocks);
  }
  put('model', settings.model, 'auto');
  if (command === 'run') {
    put('router', settings.router, 'auto');
  }
  if (command === 'purify') {
    put('criterion', settings.criterion, 'auto');
  }
  if (settings.seed !== '') {
    options.seed = Number(settings.seed);
  }
  const request: RunRequest = { command, options, ...fileFields(file, 'upload', 'path') };
  if (settings.name.trim() !== '') {
    request.name = settings.name.trim();
  }
  if (labels !== null) {
    Object.assign(request, fileFields(labels, 'labelsUpload', 'labelsPath'));
  }
  if (test !== null && (command === 'run' || command === 'purify')) {
    Object.assign(request, fileFields(test, 'testUpload', 'testPath'));
    if (testLabels !== null) {
      Object.assign(request, fileFields(testLabels, 'testLabelsUpload', 'testLabelsPath'));
    }
  }
  return request;
}

function fileFields(file: FileChoice, upload: string, path: string): Record<string, string> {
  return 'upload' in file ? { [upload]: file.upload } : { [path]: file.path };
}
