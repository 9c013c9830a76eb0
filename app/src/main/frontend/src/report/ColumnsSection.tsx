import * as Plot from '@observablehq/plot';
import { useState } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { brief, formatCount, formatNumber, formatShare, formatShareTick, formatTick, plural } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, lookOfBlock, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import type { Column, Columns } from '../shared/types';
import { Scroller } from '../shared/Scroller';
import { marginFor, shortened } from './BlocksSection';

/** What each column holds, where it is missing, and whether it is another in each group. */
export function ColumnsSection({ columns }: { columns: Columns }) {
  const [chosen, setChosen] = useState(0);
  const column = columns.list[chosen] ?? columns.list[0]!;
  return (
    <>
      <header>
        <h2 id="columns-title">Columns</h2>
        <p class="soft">
          What is in each column of the file, group by group
          {columns.sampled < columns.total ? `, counted in ${formatCount(columns.sampled)} of ${plural(columns.total, 'row')}` : ''}.
        </p>
      </header>
      <div class="table-tools no-print">
        <label>
          Column
          <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {columns.list.map((each, index) => <option key={each.name} value={index}>{brief(each.name)}</option>)}
          </select>
        </label>
        <button type="button" class="button" disabled={chosen === 0} onClick={() => setChosen(chosen - 1)}>Column before</button>
        <button type="button" class="button" disabled={chosen === columns.list.length - 1} onClick={() => setChosen(chosen + 1)}>Next column</button>
      </div>
      <ColumnFigure column={column} columns={columns} />
    </>
  );
}

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

function titleOf(column: Column, columns: Columns): string {
  const missing = sum(column.missing);
  const share = missing === 0 ? 'none missing' : `${formatShare(missing / columns.sampled)} missing`;
  if (column.numbers) {
    return `${brief(column.name)}: numbers from ${formatNumber(column.numbers.smallest)} to ${formatNumber(column.numbers.largest)}, half of them below ${formatNumber(column.numbers.median)}; ${share}`;
  }
  if (column.levels.length === 0) {
    return `${brief(column.name)}: nothing in it`;
  }
  const most = column.levels.reduce((best, level) => (sum(level.counts) > sum(best.counts) ? level : best));
  return `${brief(column.name)}: ${plural(column.distinct, 'value')}, most often ${brief(most.value)} (${formatShare(sum(most.counts) / columns.sampled)}); ${share}`;
}

function ColumnFigure({ column, columns }: { column: Column; columns: Columns }) {
  const title = titleOf(column, columns);
  const groups = columns.groups.map((name, index) => ({ name, index, size: columns.groupSizes[index]! })).filter((group) => group.size > 0);
  const present = (group: number) => columns.groupSizes[group]! - column.missing[group]!;
  return (
    <ChartFigure
      title={title}
      note={groups.length > 1 ? 'Shares are of the rows of each group that have a value: groups of different size can be compared.' : undefined}
      legend={groups.length > 1 ? <Legend items={groups.map((group) => ({ look: lookOfBlock(group.index), text: `${group.name} (${formatCount(group.size)})` }))} /> : undefined}
      data={() => ({
        name: 'column',
        columns: [column.numbers ? 'from' : 'value', ...(column.numbers ? ['to'] : []), ...groups.map((group) => group.name)],
        rows: column.numbers
          ? column.numbers.counts.map((counts, bin) => [column.numbers!.low + bin * column.numbers!.width, column.numbers!.low + (bin + 1) * column.numbers!.width, ...groups.map((group) => counts[group.index] ?? 0)])
          : [...column.levels.map((level) => [level.value, ...groups.map((group) => level.counts[group.index] ?? 0)]), ['all others', ...groups.map((group) => column.otherLevels[group.index] ?? 0)]],
      })}
    >
      {column.numbers ? <Distribution title={title} column={column} groups={groups} present={present} /> : <Levels title={title} column={column} groups={groups} present={present} />}
      <Scroller label={`Numbers of column ${column.name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Group</th>
              <th scope="col" class="number">Rows</th>
              <th scope="col" class="number">Missing</th>
              {column.levels.length > 0 && <th scope="col">Most frequent value</th>}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => {
              const best = column.levels.reduce<Column['levels'][number] | null>((found, level) => (found === null || level.counts[group.index]! > found.counts[group.index]! ? level : found), null);
              return (
                <tr key={group.name}>
                  <th scope="row">{group.name}</th>
                  <td class="number">{formatCount(group.size)}</td>
                  <td class="number">{formatCount(column.missing[group.index])} ({formatShare(column.missing[group.index]! / group.size)})</td>
                  {best && <td class="text">{best.value} ({formatShare(present(group.index) === 0 ? 0 : best.counts[group.index]! / present(group.index))})</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroller>
    </ChartFigure>
  );
}

interface ShapeProps {
  title: string;
  column: Column;
  groups: { name: string; index: number; size: number }[];
  present: (group: number) => number;
}

/** One line over the bins for each group. */
function Distribution({ title, column, groups, present }: ShapeProps) {
  const numbers = column.numbers!;
  const points = groups.flatMap((group) => numbers.counts.map((counts, bin) => ({
    group, from: numbers.low + bin * numbers.width, to: numbers.low + (bin + 1) * numbers.width, share: present(group.index) === 0 ? 0 : counts[group.index]! / present(group.index),
  })));
  return (
    <PlotBox
      label={`${title}.`}
      inputs={[column]}
      draw={(width) => {
        const chart = Plot.plot({
          ...FRAME,
          width,
          height: 240,
          x: { label: `${brief(column.name, 30)} →`, labelArrow: 'none', ticks: ticksFor(width), tickFormat: formatTick },
          y: { label: '↑ share of the group', labelArrow: 'none', grid: true, ticks: 4, tickFormat: formatShareTick, domain: [0, Math.max(1e-9, ...points.map((point) => point.share)) * 1.05] },
          marks: groups.length === 1
            ? [Plot.rectY(points, { x1: 'from', x2: 'to', y: 'share', insetLeft: 0.5, insetRight: 0.5, fill: 'var(--group-1)' })]
            : groups.map((group) => Plot.line(points.filter((point) => point.group === group), { x: (point: { from: number; to: number }) => (point.from + point.to) / 2, y: 'share', stroke: lookOfBlock(group.index).colour, strokeWidth: 2, curve: 'step' })),
        });
        const x = chart.scale('x')!;
        const y = chart.scale('y')!;
        return {
          elements: [chart],
          points: points.map((point) => ({
            x: x.apply((point.from + point.to) / 2) as number,
            y: y.apply(point.share) as number,
            text: `${point.group.name}, ${formatNumber(point.from)} to ${formatNumber(point.to)}: ${formatShare(point.share)}`,
          })),
        };
      }}
    />
  );
}

/** A dot for each value and group. */
function Levels({ title, column, groups, present }: ShapeProps) {
  const levels = [...column.levels, ...(sum(column.otherLevels) > 0 ? [{ value: 'all others', counts: column.otherLevels }] : [])];
  const cells = groups.flatMap((group) => levels.map((level) => ({ group, value: level.value, share: present(group.index) === 0 ? 0 : level.counts[group.index]! / present(group.index) })));
  const names = levels.map((level) => level.value);
  if (names.length === 0) {
    return null;
  }
  return (
    <PlotBox
      label={`${title}.`}
      inputs={[column]}
      draw={(width) => {
        const chart = Plot.plot({
          ...FRAME,
          width,
          height: 62 + names.length * 26,
          marginLeft: marginFor(names, width),
          x: { label: 'share of the group →', labelArrow: 'none', domain: [0, Math.max(1e-9, ...cells.map((cell) => cell.share)) * 1.05], grid: true, ticks: ticksFor(width), tickFormat: formatShareTick },
          y: { type: 'point', domain: names, label: null, tickFormat: (name: string) => shortened(name, width) },
          marks: groups.map((group) =>
            Plot.dot(cells.filter((cell) => cell.group === group), { x: 'share', y: 'value', r: 5, fill: lookOfBlock(group.index).colour, symbol: symbolOf(lookOfBlock(group.index)) as Plot.SymbolType })),
        });
        const x = chart.scale('x')!;
        const y = chart.scale('y')!;
        return {
          elements: [chart],
          points: cells.map((cell) => ({ x: x.apply(cell.share) as number, y: y.apply(cell.value) as number, text: `${cell.group.name}, ${cell.value}: ${formatShare(cell.share)}` })),
        };
      }}
    />
  );
}
