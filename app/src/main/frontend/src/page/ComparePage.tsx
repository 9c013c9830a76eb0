import { api } from './api';
import { type ComparedGroup, type ComparedLine, compareRecords } from './comparison';
import { Problem, Title, Waiting, useLoaded } from './parts';
import { link } from './route';

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
          {groups.map((group) => (
            <div class="scroller" key={group.title} tabIndex={0} role="region" aria-label={group.title}>
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
            </div>
          ))}
        </>
      )}
    </>
  );
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
