import * as Plot from '@observablehq/plot';
import { ChartFigure } from '../shared/ChartFigure';
import { brief, formatCount, formatNumber, formatProbability, formatShare, formatShareTick, formatTick } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, lookOf, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import { type Column, Table } from '../shared/Table';
import type { ColumnCourse, ColumnDrift, FileOrder } from '../shared/types';
import { QualityHeader } from './QualityHeader';

/** What changes from the first row of the file to the last, beside rows in random order. */
export function OrderSection({ order, label }: { order: FileOrder; label: string }) {
  const drifts = new Map(order.columns.map((one) => [one.column, one]));
  return (
    <>
      <QualityHeader id="order" title="Order of the file" found={order.sentence} advice={order.advice}>
        {order.courses.length > 0 && `Each column between ten stretches of the file (${formatCount(order.rows)} rows), labels too. A part of a file that drifts does not stand for the whole: its last rows are another test than rows drawn at random. The control: the same rows in random order.`}
      </QualityHeader>
      <div class="pair">
        {order.courses.map((course) => <CourseFigure key={course.column} course={course} drift={drifts.get(course.column)} isLabel={course.column === label} />)}
      </div>
      {order.columns.length > 0 && (
        <Table caption="Columns, those that drift most first" columns={COLUMNS} rows={order.columns} keyOf={(one) => one.column} noun="column" fileName="order" pageSize={10} />
      )}
    </>
  );
}

const COLUMNS: Column<ColumnDrift>[] = [
  { key: 'column', title: 'Column', value: (one) => one.column },
  { key: 'drifts', title: 'Along the file', value: said, show: (one) => <span class={one.drifts ? 'tag tag-bad' : 'soft'}>{said(one)}</span> },
  { key: 'explained', title: 'Between stretches', meaning: 'share of its variance that lies between ten stretches, less what random order gives', value: (one) => one.explained, show: (one) => formatShare(Math.max(0, one.explained)), number: true },
  { key: 'chance', title: 'p', meaning: 'probability of such a difference where the order is random, of this column alone', value: (one) => one.chance, show: (one) => formatProbability(one.chance), number: true },
];

function said(drift: ColumnDrift): string {
  return drift.isSorted ? 'sorted' : drift.drifts ? 'changes' : 'as by chance';
}

function titleOf(course: ColumnCourse, drift: ColumnDrift | undefined, isLabel: boolean): string {
  const name = `${brief(course.column)}${isLabel ? ', the label,' : ''}`;
  if (!drift || !drift.drifts) {
    return `${name} does not change more than by chance${drift ? ` (p = ${formatProbability(drift.chance)})` : ''}`;
  }
  const evidence = `${formatShare(drift.explained)} of its variance lies between stretches, p ${drift.chance < 0.001 ? '< 0.001' : `= ${formatProbability(drift.chance)}`}`;
  return `${name} ${drift.isSorted ? 'is sorted' : 'changes'}: ${evidence}`;
}

const asDate = (microseconds: number) => new Date(microseconds / 1000).toISOString().slice(0, 10);

function CourseFigure({ course, drift, isLabel }: { course: ColumnCourse; drift: ColumnDrift | undefined; isLabel: boolean }) {
  const title = titleOf(course, drift, isLabel);
  const isNumber = course.medians.length > 0;
  const median = (stretch: number) => {
    const value = course.medians[stretch];
    return value === null || value === undefined ? '–' : course.moments ? asDate(value) : formatNumber(value);
  };
  const last = course.medians.length - 1;
  const points = course.lines.flatMap((line, index) => line.inFile.map((value, stretch) => ({ line, index, stretch: stretch + 1, value, random: line.inRandomOrder[stretch]! })));
  return (
    <ChartFigure
      title={title}
      note={isNumber
        ? `On average, how many of all rows have a smaller value than a row of the stretch. Medians: ${median(0)} in the first stretch, ${median(last)} in the last.`
        : 'Share of each value in the stretch.'}
      legend={<Legend items={[
        ...course.lines.map((line, index) => ({ look: lookOf(index), text: line.name === '' ? 'as in the file' : brief(line.name, 24) })),
        { look: { colour: 'var(--ink-soft)', corners: [] as [number, number][] }, kind: 'dashed' as const, text: 'in random order' },
      ]} />}
      data={() => ({
        name: 'along-the-file',
        columns: ['stretch', ...(isNumber ? ['median'] : ['value']), 'in the file', 'in random order'],
        rows: points.map((point) => [point.stretch, isNumber ? median(point.stretch - 1) : point.line.name, point.value, point.random]),
      })}
    >
      <PlotBox
        label={`${title}.`}
        inputs={[course]}
        draw={(width) => {
          const values = points.flatMap((point) => [point.value, point.random]);
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 190,
            x: { label: 'stretch of the file →', labelArrow: 'none', domain: [1, course.lines[0]!.inFile.length], ticks: ticksFor(width), tickFormat: formatTick },
            y: { label: isNumber ? '↑ rows with a smaller value' : '↑ share', labelArrow: 'none', grid: true, ticks: 4, tickFormat: formatShareTick, domain: isNumber ? [0, 1] : [0, Math.min(1, Math.max(...values) * 1.1)] },
            marks: course.lines.flatMap((line, index) => {
              const own = points.filter((point) => point.line === line);
              return [
                Plot.line(own, { x: 'stretch', y: 'random', stroke: isNumber ? 'var(--ink-soft)' : lookOf(index).colour, strokeDasharray: '4 4', strokeWidth: 1.5 }),
                Plot.line(own, { x: 'stretch', y: 'value', stroke: lookOf(index).colour, strokeWidth: 2 }),
                Plot.dot(own, { x: 'stretch', y: 'value', fill: lookOf(index).colour, r: 3.5, symbol: symbolOf(lookOf(index)) as Plot.SymbolType }),
              ];
            }),
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: points.map((point) => ({
              x: x.apply(point.stretch) as number,
              y: y.apply(point.value) as number,
              text: `${point.line.name === '' ? '' : `${brief(point.line.name, 24)}, `}stretch ${point.stretch}: ${formatShare(point.value)}, ${formatShare(point.random)} in random order${isNumber ? `; median ${median(point.stretch - 1)}` : ''}`,
            })),
          };
        }}
      />
    </ChartFigure>
  );
}
