import { formatCount, plural, uncapitalised } from '../shared/format';
import { api } from './api';
import type { Run } from '../shared/types';
import { type ComparedGroup, type ComparedLine, compareRecords } from './comparison';
import { Problem, Title, Waiting, useLoaded } from './parts';
import { link } from './route';
import { type Changes, type Improvement, changesOf, improvementInWords, improvementOf, readCsv } from './rows';
import { Scroller } from '../shared/Scroller';

/** Two runs beside each other, with what differs marked. */
export function ComparePage({ left, right }: { left: string; right: string }) {
  const { value, problem, reload } = useLoaded(
    () => Promise.all([api.run(left), api.run(right), api.record(left), api.record(right)]),
    [left, right],
  );
  const groups = value === null ? [] : compareRecords(value[2], value[3]);
  return (
    <>
      <Title>Two runs side by side</Title>
      {problem !== null && <Problem onRetry={reload}>{problem}</Problem>}
      {value === null && problem === null && <Waiting>Reading the two runs …</Waiting>}
      {value !== null && (
        <>
          <div class="pair">
            {[value[0], value[1]].map((run, index) => (
              <section key={run.id} aria-label={index === 0 ? 'First run' : 'Second run'}>
                <h2>
                  <a href={link.run(run.id)}>{run.name}</a>
                </h2>
                {run.decisionsOf !== null && <p class="soft">with your decisions on the suspicious rows</p>}
                <p>{run.sentence}</p>
              </section>
            ))}
          </div>
          <Summary groups={groups} />
          <Rows left={value[0]} right={value[1]} groups={groups} />
          {groups.map((group) => (
            <Scroller key={group.title} label={group.title}>
              <table class="comparison">
                <caption>{group.title}</caption>
                <thead>
                  <tr>
                    <td />
                    <th scope="col">{value[0].name}</th>
                    <th scope="col">{value[1].name}</th>
                    <th scope="col">Difference</th>
                  </tr>
                </thead>
                <tbody>
                  {group.lines.map((line) => (
                    <tr key={line.name} class={differs(line) ? 'is-different' : ''}>
                      <th scope="row">
                        {line.name}
                        {line.direction !== '' && <small>{line.direction}</small>}
                      </th>
                      <td>{line.left}</td>
                      <td>{line.right}</td>
                      <td>{line.change === '' ? <span class="soft">the same</span> : line.change}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroller>
          ))}
        </>
      )}
    </>
  );
}

const SHOWN = 100;

/** Which rows the two runs judge differently, and whether the second one predicts better. */
function Rows({ left, right, groups }: { left: Run; right: Run; groups: ComparedGroup[] }) {
  const { value, problem } = useLoaded(() => rowsOf(left, right), [left.id, right.id]);
  if (problem !== null) {
    return <Problem>{problem}</Problem>;
  }
  if (value === null) {
    return <Waiting>Comparing row by row …</Waiting>;
  }
  const { changes, improvement } = value;
  const measured = groups.find((group) => group.title === 'Prediction')?.lines.find((line) => line.left !== '–' && line.right !== '–');
  return (
    <section aria-label="Row by row">
      <h2>Row by row</h2>
      <p>
        {improvement !== null
          ? improvementInWords(improvement)
          : measured === undefined
            ? 'At least one of the two runs predicts no test rows: whether prediction improved cannot be told.'
            : `The two did not predict the same test rows, so only roughly: ${uncapitalised(measured.name)} ${measured.left} in the first, ${measured.right} in the second, ${measured.change || 'the same'}.`}
      </p>
      {changes === null && <p>The two runs are not of the same rows, or have too many: which changed cannot be told here.</p>}
      {changes !== null && (
        <>
          <p>
            {changes.changed.length === 0 ? `All ${plural(changes.compared, 'row')} are judged alike.` : `${plural(changes.changed.length, 'row')} of ${formatCount(changes.compared)} changed.`}
            {changes.gone > 0 && ` ${plural(changes.gone, 'row')} of the first run ${changes.gone === 1 ? 'is' : 'are'} not in the second.`}
            {changes.added > 0 && ` ${plural(changes.added, 'row')} of the second run ${changes.added === 1 ? 'is' : 'are'} not in the first.`}
          </p>
          {changes.moves.length > 0 && (
            <ul>
              {changes.moves.map((move) => (
                <li key={`${move.from} ${move.to}`}>
                  {move.from === move.to ? `${move.from}, another label` : `from ${move.from} to ${move.to}`}: {plural(move.count, 'row')}
                </li>
              ))}
            </ul>
          )}
          {changes.changed.length > 0 && (
            <Scroller label="Rows that changed">
              <table>
                <caption>{changes.changed.length > SHOWN ? `The first ${SHOWN} rows that changed` : 'Rows that changed'}</caption>
                <thead>
                  <tr>
                    <th scope="col">Row</th>
                    <th scope="col">Label</th>
                    <th scope="col">{left.name}</th>
                    <th scope="col">{right.name}</th>
                  </tr>
                </thead>
                <tbody>
                  {changes.changed.slice(0, SHOWN).map((row) => (
                    <tr key={row.row}>
                      <th scope="row">{row.id}</th>
                      <td class="text">{row.label === row.newLabel ? row.label : `${row.label} → ${row.newLabel}`}</td>
                      <td class="text">{row.from}</td>
                      <td class="text">{row.to}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroller>
          )}
        </>
      )}
    </section>
  );
}

async function rowsOf(left: Run, right: Run): Promise<{ changes: Changes | null; improvement: Improvement | null }> {
  const read = async (run: Run, name: string) => readCsv((await api.resultText(run.id, name)) ?? '');
  const [before, after, predictedBefore, predictedAfter] = await Promise.all([
    read(left, 'rows.csv'), read(right, 'rows.csv'), read(left, 'predictions.csv'), read(right, 'predictions.csv'),
  ]);
  const dropped = right.decisionsOf === left.id
    ? (await api.review(left.id)).rows.filter((row) => row.decision?.decision === 'drop').map((row) => row.row)
    : [];
  return {
    changes: before.length === 0 || after.length === 0 ? null : changesOf(before, after, new Set(dropped)),
    improvement: improvementOf(predictedBefore, predictedAfter),
  };
}

function differs(line: ComparedLine): boolean {
  return line.change !== '' && !line.isChance;
}

function Summary({ groups }: { groups: ComparedGroup[] }) {
  const lines = groups.flatMap((group) => group.lines);
  const different = lines.filter(differs).length;
  const chance = lines.filter((line) => line.isChance).length;
  const isMeasured = groups.some((group) => group.title === 'Prediction');
  return (
    <>
      <p>
        {different > 0 && `${different} of ${lines.length} lines differ; they are marked ●.`}
        {different === 0 && (chance === 0 ? 'The two runs say the same.' : 'The two runs say the same, as far as they can be told apart.')}
        {chance > 0 && ` ${chance} more ${chance === 1 ? 'differs' : 'differ'} within chance.`}
      </p>
      {isMeasured && <p class="help">Each run measures prediction on its own test rows; these may be other rows than those of the other run.</p>}
    </>
  );
}
