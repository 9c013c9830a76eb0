import * as Plot from '@observablehq/plot';
import { ChartFigure } from '../shared/ChartFigure';
import { formatCount, formatNumber, formatShare, formatShareTick, formatTick, plural, sentence } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import { useSelect } from './Selection';
import { Sentences } from './Sentences';
import type { DataSummary, Purification } from '../shared/types';

type Point = Purification['points'][number];

interface Panel {
  name: string;
  value: (point: Point) => number | null;
  format: (value: number) => string;
  tick: (value: number) => string;
  colour: string;
}

function panelsOf(purification: Purification): Panel[] {
  const accuracy = purification.watched === 'accuracy';
  const panels: Panel[] = [
    { name: 'potential V of the kept rows, at the purification’s own ridge', value: (point) => point.potential, format: formatNumber, tick: formatTick, colour: 'var(--group-1)' },
    { name: 'out-of-fold loss of the kept rows (nats)', value: (point) => point.outOfFoldLoss, format: formatNumber, tick: formatTick, colour: 'var(--group-2)' },
    { name: 'held-out log-likelihood (nats)', value: (point) => point.heldOutLogLikelihood, format: formatNumber, tick: formatTick, colour: 'var(--group-4)' },
    { name: 'training loss of the kept rows', value: (point) => point.trainingLoss, format: formatNumber, tick: formatTick, colour: 'var(--group-5)' },
    {
      name: accuracy ? 'accuracy on the test file (watched, never used)' : 'R² on the test file (watched, never used)',
      value: (point) => point.watchedAccuracy,
      format: accuracy ? formatShare : formatNumber,
      tick: accuracy ? formatShareTick : formatTick,
      colour: 'var(--group-3)',
    },
  ];
  return panels.filter((panel) => purification.points.some((point) => panel.value(point) !== null));
}

/** What taking rows out did, step by step, and where it stopped. */
export function PurificationSection({ purification, data }: { purification: Purification; data: DataSummary }) {
  const stop = purification.points[purification.stop];
  return (
    <>
      <header>
        <h2 id="purification-title">Taking rows out</h2>
        <p>{sentence(purification.reason)}</p>
      </header>
      {purification.points.length > 1 && stop && <Trajectory purification={purification} stop={stop} data={data} />}
      <Sentences list={purification.explanation.filter((each) => each !== purification.reason)} />
    </>
  );
}

function titleOf(panels: Panel[], purification: Purification, stop: Point): string {
  const first = purification.points[0]!;
  const changes = panels
    .map((panel) => ({ panel, from: panel.value(first), to: panel.value(stop) }))
    .filter((change) => change.from !== null && change.to !== null && change.from !== change.to)
    .slice(0, 2)
    .map(({ panel, from, to }) => `${shortName(panel.name)} ${to! < from! ? 'falls' : 'rises'} from ${panel.format(from!)} to ${panel.format(to!)}`);
  const removed = `${plural(stop.removed, 'row')} removed`;
  return changes.length === 0 ? `It stopped with ${removed}` : `With ${removed}, ${changes.join(' and ')}`;
}

function shortName(name: string): string {
  if (name.startsWith('potential')) {
    return 'V';
  }
  return name.replace(/ (of the kept rows|on the test file).*/, '').replace(/ \(nats\)/, '');
}

function Trajectory({ purification, stop, data }: { purification: Purification; stop: Point; data: DataSummary }) {
  const select = useSelect();
  const panels = panelsOf(purification);
  const { points } = purification;
  const title = titleOf(panels, purification, stop);
  const last = points[points.length - 1]!.removed;
  const isSparse = panels.some((panel) => points.some((point) => panel.value(point) === null));
  return (
    <ChartFigure
      title={title}
      note="One axis for all: rows removed so far. Point at a step, or use the arrow keys, to see who went in it."
      legend={<Legend items={[...(isSparse ? [{ look: { colour: 'var(--ink-soft)', corners: [] as [number, number][] }, kind: 'dotted' as const, text: 'not measured in between' }] : []), { look: { colour: 'var(--ink)', corners: [] }, kind: 'dashed', text: `where it stopped: ${plural(stop.removed, 'row')} removed (${formatShare(stop.removed / data.rows)})` }]} />}
      data={() => ({
        name: 'purification',
        columns: ['iteration', 'rows removed', 'rows left', ...panels.map((panel) => panel.name), 'removed in this step', 'the worst of them (row: label)'],
        rows: points.map((point) => [
          point.iteration, point.removed, point.size, ...panels.map((panel) => panel.value(point)), point.goneCount,
          point.gone.map((row) => `${row.id}: ${row.label}`).join('; '),
        ]),
      })}
    >
      <PlotBox
        label={`${title}. ${panels.map((panel) => panel.name).join('; ')}; over rows removed.`}
        inputs={[purification]}
        hover="x"
        draw={(width) => {
          const charts = panels.map((panel, index) => {
            const isLast = index === panels.length - 1;
            const known = points.filter((point) => panel.value(point) !== null);
            return Plot.plot({
              ...FRAME,
              width,
              height: isLast ? 176 : 138,
              marginTop: 30,
              marginBottom: isLast ? 40 : 8,
              x: { domain: [0, Math.max(1, last)], label: isLast ? 'rows removed →' : null, axis: isLast ? 'bottom' : null, ticks: ticksFor(width), tickFormat: (value: number) => formatCount(value) },
              y: { label: panel.name, labelArrow: 'none', grid: true, ticks: 4, nice: true, tickFormat: (value: number) => panel.tick(value) },
              marks: [
                Plot.ruleX([stop.removed], { stroke: 'var(--ink)', strokeDasharray: '5 3', strokeWidth: 1.5 }),
                Plot.line(known, { x: 'removed', y: panel.value as (point: Point) => number, stroke: panel.colour, strokeWidth: 2, strokeDasharray: known.length < points.length ? '2 4' : undefined }),
                ...(known.length <= 60 ? [Plot.dot(known, { x: 'removed', y: panel.value as (point: Point) => number, fill: panel.colour, r: 3 })] : []),
              ],
            });
          });
          const x = charts[0]!.scale('x')!;
          return {
            elements: charts,
            points: points.map((point) => ({
              x: x.apply(point.removed) as number,
              y: 40,
              text: stepText(point, panels),
              onPick: point.gone.length > 0 ? () => select({ title: `Rows that went in the step to ${plural(point.removed, 'row')} removed`, rows: point.gone.map((row) => row.row), total: point.goneCount }) : undefined,
              content: () => <Step point={point} panels={panels} isStop={point === stop} />,
            })),
          };
        }}
      />
    </ChartFigure>
  );
}

function stepText(point: Point, panels: Panel[]): string {
  const values = panels.filter((panel) => panel.value(point) !== null).map((panel) => `${shortName(panel.name)} ${panel.format(panel.value(point)!)}`);
  const gone = point.goneCount > 0 ? `. ${plural(point.goneCount, 'row')} went: ${point.gone.map((row) => `${row.id}, label ${row.label}`).join('; ')}` : '';
  return `${plural(point.removed, 'row')} removed: ${values.join(', ')}${gone}`;
}

function Step({ point, panels, isStop }: { point: Point; panels: Panel[]; isStop: boolean }) {
  return (
    <>
      <strong>{plural(point.removed, 'row')} removed{isStop ? ', stopped here' : ''}</strong>
      <dl>
        {panels.filter((panel) => panel.value(point) !== null).map((panel) => (
          <>
            <dt>{shortName(panel.name)}</dt>
            <dd>{panel.format(panel.value(point)!)}</dd>
          </>
        ))}
      </dl>
      {point.goneCount > 0 && (
        <div>
          {plural(point.goneCount, 'row')} went in this step{point.goneCount > point.gone.length ? ', the worst' : ''}:
          {' '}{point.gone.map((row) => `${row.id} (${row.label})`).join(', ')}
        </div>
      )}
    </>
  );
}
