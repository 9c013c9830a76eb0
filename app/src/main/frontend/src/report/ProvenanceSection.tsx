import { useState } from 'preact/hooks';
import { formatCount, formatDuration, plural } from '../shared/format';
import type { ReportData } from '../shared/types';
import { Sentences } from './Sentences';

/** How the run was made and how to make it again. */
export function ProvenanceSection({ data }: { data: ReportData }) {
  const { run } = data;
  const command: string[] = Array.isArray(run.commandLine) ? run.commandLine.map(String) : [];
  const about = record(run.data);
  const settings = { ...record(run.settings), ...without(record(run.chosen), 'explanation') };
  const reasons = [...texts(run.explanation), ...texts(record(run.chosen).explanation)];
  const notes = [...texts(about.notes), ...texts(record(about.encoding).notes)].filter((note, index, all) => all.indexOf(note) === index);
  const timings = Object.entries(record(run.timings));
  return (
    <>
      <header><h2 id="provenance-title">How it was made</h2></header>
      {command.length > 0 && <Repeat command={command} />}
      <div class="chart">
        <h3>Data</h3>
        <dl class="settings">
          <dt>File</dt>
          <dd>{String(about.path ?? data.data.name)}{about.format ? ` (${String(about.format)})` : ''}</dd>
          <dt>Rows</dt>
          <dd>{formatCount(data.data.rows)}{typeof about.records === 'number' && about.records !== data.data.rows && ` of ${formatCount(about.records)} records`}</dd>
          <dt>Features after encoding</dt>
          <dd>{formatCount(data.data.features)}</dd>
          <dt>Label</dt>
          <dd>{data.data.label || 'in a file of its own'}{about.taskReason ? ` (${data.data.task}: ${String(about.taskReason)})` : ` (${data.data.task})`}</dd>
          {data.data.classes.length > 0 && (
            <>
              <dt>{plural(data.data.classes.length, 'class', 'classes')}</dt>
              <dd>{data.data.classes.slice(0, 30).join(', ')}{data.data.classes.length > 30 && ', …'}</dd>
            </>
          )}
          {about.fingerprint && (
            <>
              <dt>Fingerprint</dt>
              <dd><code>{String(about.fingerprint)}</code></dd>
            </>
          )}
        </dl>
        {notes.length > 0 && (
          <>
            <h4>How the columns became features</h4>
            <Sentences list={notes} />
          </>
        )}
      </div>
      <div class="chart">
        <h3>Settings</h3>
        <dl class="settings">
          <dt>Version</dt>
          <dd>Assay {String(run.assayVersion ?? 'unknown')}</dd>
          <dt>Seed</dt>
          <dd>{String(run.seed ?? 'unknown')}</dd>
          <dt>Threads</dt>
          <dd>{String(run.threads ?? 'unknown')} <span class="soft">(the results do not depend on it)</span></dd>
          {Object.entries(settings).map(([key, value]) => (
            <>
              <dt>{spelled(key)}</dt>
              <dd>{settingText(value)}</dd>
            </>
          ))}
        </dl>
        {reasons.length > 0 && (
          <>
            <h4>Chosen from the data, and why</h4>
            <Sentences list={reasons} />
          </>
        )}
      </div>
      <div class="pair">
        {timings.length > 0 && (
          <div class="chart">
            <h3>Time</h3>
            <dl class="settings">
              {timings.map(([key, seconds]) => (
                <>
                  <dt>{spelled(key.replace(/Seconds$/, ''))}</dt>
                  <dd>{typeof seconds === 'number' ? formatDuration(seconds) : String(seconds)}</dd>
                </>
              ))}
            </dl>
          </div>
        )}
        {texts(run.files).length > 0 && (
          <div class="chart">
            <h3>Files of this run</h3>
            <ul class="sentences">{texts(run.files).map((file) => <li key={file}><code>{file}</code></li>)}</ul>
          </div>
        )}
      </div>
    </>
  );
}

function Repeat({ command }: { command: string[] }) {
  const [copied, setCopied] = useState('');
  const line = command.map(quoted).join(' ');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line);
      setCopied('Copied.');
    } catch {
      setCopied('The browser does not allow copying here: select the line instead.');
    }
  };
  return (
    <div class="chart">
      <h3>How to repeat it</h3>
      <p class="soft small">The same data, options and seed give the same files, whatever the number of threads.</p>
      <div class="command">
        <pre tabIndex={0} aria-label="Command line">{line}</pre>
        <button type="button" class="button no-print" onClick={copy}>Copy</button>
        <span role="status" class="small">{copied}</span>
      </div>
    </div>
  );
}

/** As a shell takes it. */
export function quoted(argument: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replace(/'/g, `'\\''`)}'`;
}

function record(value: unknown): Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, any>) : {};
}

function without(values: Record<string, any>, key: string): Record<string, any> {
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== key));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))) : [];
}

/** maxBlocks: max blocks. */
function spelled(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function settingText(value: unknown): string {
  if (value === null || value === undefined) {
    return 'chosen from the data';
  }
  if (Array.isArray(value)) {
    return value.map(settingText).join(', ');
  }
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, part]) => `${spelled(key).toLowerCase()} ${settingText(part)}`).join(', ');
  }
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
