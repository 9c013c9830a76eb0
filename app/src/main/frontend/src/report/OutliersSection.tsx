import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { formatCount, formatNumber, formatProbability, formatShare, formatShareTick, formatTick, plural } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, lookOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import { type Column, Table } from '../shared/Table';
import type { FarRow, Outliers, ReportData, ScoreHistogram } from '../shared/types';
import { QualityHeader } from './QualityHeader';
import { RowValues } from './RowValues';

/** Rows far out in their features, beside rows of shuffled columns. */
export function OutliersSection({ outliers, data }: { outliers: Outliers; data: ReportData }) {
  const { histogram } = outliers;
  const columns = useMemo(() => columnsOf(outliers.rows), [outliers]);
  return (
    <>
      <QualityHeader id="outliers" title="Outliers" found={outliers.sentence} advice={outliers.advice}>
        {histogram && 'A row is far out by standing at the end of many columns at once (ECOD), whatever its label. The control: each column shuffled by itself, which keeps every column and breaks what goes together.'}
      </QualityHeader>
      {histogram && <ScoresFigure histogram={histogram} />}
      {outliers.rows.length > 0 && (
        <Table
          caption={`The ${plural(outliers.rows.length, 'row')} farthest out; the arrow at the left opens the row`}
          columns={columns}
          rows={outliers.rows}
          keyOf={(row) => row.row}
          details={(row) => <FarDetails row={row} data={data} />}
          fileName="outliers"
          pageSize={10}
        />
      )}
    </>
  );
}

function columnsOf(rows: FarRow[]): Column<FarRow>[] {
  const columns: Column<FarRow>[] = [{ key: 'row', title: 'Row', meaning: '0 is the first row of the file', value: (row) => row.row, number: true }];
  if (rows.some((row) => row.line !== null)) {
    columns.push({ key: 'line', title: 'Line', meaning: 'where the row begins in the file', value: (row) => row.line, number: true });
  }
  if (rows.some((row) => row.id !== String(row.row))) {
    columns.push({ key: 'id', title: 'Id', value: (row) => row.id });
  }
  columns.push(
    { key: 'label', title: 'Label', value: (row) => row.label },
    { key: 'score', title: 'Score', meaning: 'in nats, higher is farther out', value: (row) => row.score, show: (row) => formatNumber(row.score), number: true },
    { key: 'chance', title: 'By chance', meaning: 'share of rows of shuffled columns that are as far out', value: (row) => row.chance, show: (row) => formatProbability(row.chance), number: true },
    { key: 'columns', title: 'What speaks loudest', meaning: 'the columns that add most to the score', value: (row) => row.columns.map((term) => term.column).join(', '), show: (row) => row.columns.map(termText).join('; '), sortable: false },
  );
  return columns;
}

type Term = FarRow['columns'][number];

function termText(term: Term): string {
  return term.value === null ? term.column : `${term.column} = ${term.value === '' ? 'missing' : term.value}`;
}

function FarDetails({ row, data }: { row: FarRow; data: ReportData }) {
  const strongest = Math.max(1e-12, ...row.columns.map((term) => term.nats));
  return (
    <div class="row-details">
      <div>
        <h4>What speaks loudest in row {row.row}</h4>
        <ul class="against">
          {row.columns.map((term) => (
            <li key={term.column}>
              {termText(term)}: {formatNumber(term.nats)} of {formatNumber(row.score)} nats
              <div class="bar" style={{ width: `${(100 * term.nats) / strongest}%` }} />
            </li>
          ))}
        </ul>
      </div>
      <RowValues values={row.values} data={data} />
    </div>
  );
}

function titleOf(histogram: ScoreHistogram): string {
  return `${plural(histogram.beyond, 'row')} beyond the fence; by chance it would be ${formatTick(Math.round(10 * histogram.expected) / 10)}`;
}

function ScoresFigure({ histogram }: { histogram: ScoreHistogram }) {
  const title = titleOf(histogram);
  const total = histogram.rows.reduce((sum, count) => sum + count, 0);
  const bins = histogram.rows.map((rows, bin) => ({
    from: histogram.low + bin * histogram.width,
    to: histogram.low + (bin + 1) * histogram.width,
    rows,
    share: rows / total,
    shuffled: histogram.shuffled[bin]! / histogram.shuffledRows,
  }));
  const own = lookOf(0);
  const control = { colour: 'var(--ink-soft)', corners: [] as [number, number][] };
  return (
    <ChartFigure
      title={title}
      note={`The axis of shares is a square root, so that single rows are to be seen. One shuffled row in 1,000 is beyond the fence at ${formatNumber(histogram.fence)} nats${histogram.divides ? '' : '; here the columns go together, so that the fence divides nothing and the score only ranks'}.`}
      legend={<Legend items={[
        { look: own, kind: 'bar', text: `rows (${formatCount(total)})` },
        { look: control, kind: 'line', text: `rows of shuffled columns (${formatCount(histogram.shuffledRows)})` },
        { look: { colour: 'var(--ink)', corners: [] }, kind: 'dashed', text: 'fence' },
      ]} />}
      data={() => ({
        name: 'outlier-scores',
        columns: ['from', 'to', 'rows', 'share', 'share of shuffled rows'],
        rows: bins.map((bin) => [bin.from, bin.to, bin.rows, bin.share, bin.shuffled]),
      })}
    >
      <PlotBox
        label={`${title}. Shares of rows over their score.`}
        inputs={[histogram]}
        draw={(width) => {
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 250,
            x: { label: 'score in nats, farther out →', labelArrow: 'none', ticks: ticksFor(width), tickFormat: formatTick },
            y: { type: 'sqrt', label: '↑ share of the rows', labelArrow: 'none', grid: true, ticks: 5, tickFormat: formatShareTick, domain: [0, 1.05 * Math.max(...bins.flatMap((bin) => [bin.share, bin.shuffled]))] },
            marks: [
              Plot.rectY(bins, { x1: 'from', x2: 'to', y: 'share', insetLeft: 0.5, insetRight: 0.5, fill: own.colour, fillOpacity: 0.75 }),
              Plot.line(bins, { x: (bin: (typeof bins)[number]) => (bin.from + bin.to) / 2, y: 'shuffled', curve: 'step', stroke: control.colour, strokeWidth: 2 }),
              Plot.ruleX([histogram.fence], { stroke: 'var(--ink)', strokeDasharray: '5 3', strokeWidth: 1.5 }),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: bins.map((bin) => ({
              x: x.apply((bin.from + bin.to) / 2) as number,
              y: y.apply(bin.share) as number,
              text: `${formatNumber(bin.from)} to ${formatNumber(bin.to)} nats: ${plural(bin.rows, 'row')} (${formatShare(bin.share)}), ${formatShare(bin.shuffled)} of shuffled rows`,
            })),
          };
        }}
      />
    </ChartFigure>
  );
}
