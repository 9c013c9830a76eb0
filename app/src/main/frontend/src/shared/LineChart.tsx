import * as Plot from '@observablehq/plot';
import { type ChartData, ChartFigure } from './ChartFigure';
import { formatNumber, formatTick } from './format';
import { Legend, lookOf, symbolOf } from './marks';
import { type HoverPoint, PlotBox } from './Plot';

export interface LineSeries {
  name: string;
  points: [number, number][];
}

interface LineChartProps {
  /** what is to be seen, as a sentence */
  title: string;
  note?: string;
  xName: string;
  yName: string;
  series: LineSeries[];
  height?: number;
  /** name of the CSV file, without .csv */
  fileName: string;
  formatX?: (value: number) => string;
  formatY?: (value: number) => string;
}

/** Lines over one axis, with dots while they are few; a series may grow. */
export function LineChart({ title, note, xName, yName, series, height = 240, fileName, formatX = formatNumber, formatY = formatNumber }: LineChartProps) {
  const data = (): ChartData => ({
    name: fileName,
    columns: ['series', xName, yName],
    rows: series.flatMap((line) => line.points.map(([x, y]) => [line.name, x, y])),
  });
  const count = series.reduce((sum, line) => sum + line.points.length, 0);
  return (
    <ChartFigure
      title={title}
      note={note}
      data={data}
      legend={series.length > 1 ? <Legend items={series.map((line, index) => ({ look: lookOf(index), text: line.name }))} /> : undefined}
    >
      <PlotBox
        label={title}
        inputs={[series, count, xName, yName]}
        draw={(width) => {
          const chart = Plot.plot({
            ...FRAME,
            width,
            height,
            x: { label: xName, tickFormat: ticksOf(formatX), ticks: wholeTicks(series, ticksFor(width)), nice: true },
            y: { label: yName, tickFormat: ticksOf(formatY), ticks: 5, grid: true, nice: true },
            marks: series.flatMap((line, index) => [
              Plot.line(line.points, { stroke: lookOf(index).colour, strokeWidth: 2 }),
              ...(line.points.length <= 60
                ? [Plot.dot(line.points, { fill: lookOf(index).colour, r: 3.5, symbol: symbolOf(lookOf(index)) as Plot.SymbolType })]
                : []),
            ]),
          });
          return { elements: [chart], points: count === 0 ? [] : linePoints(chart, series, formatX, formatY) };
        }}
      />
    </ChartFigure>
  );
}

function linePoints(chart: Plot.Plot, series: LineSeries[], formatX: (value: number) => string, formatY: (value: number) => string): HoverPoint[] {
  const x = chart.scale('x')!;
  const y = chart.scale('y')!;
  return series
    .flatMap((line) =>
      line.points.map(([px, py]) => ({
        x: x.apply(px) as number,
        y: y.apply(py) as number,
        text: `${series.length > 1 ? line.name + ', ' : ''}${formatX(px)}: ${formatY(py)}`,
      })),
    )
    .sort((a, b) => a.x - b.x);
}

/** Numbers of things have no marks between them. */
function wholeTicks(series: LineSeries[], most: number): number | number[] {
  const values = series.flatMap((line) => line.points.map(([x]) => x));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.length === 0 || high - low >= most || !values.every(Number.isInteger)) {
    return most;
  }
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

/** Plot hands the number of a tick to its format as well. */
function ticksOf(format: (value: number) => string): (value: number) => string {
  return format === formatNumber ? formatTick : (value) => format(value);
}

/** What all plots of ours have in common. */
export const FRAME = {
  className: 'plot',
  style: { fontSize: '12px', background: 'transparent' },
  marginTop: 26,
  marginRight: 16,
  marginBottom: 40,
  marginLeft: 56,
} as const;

/** As many marks on an axis as there is room for. */
export function ticksFor(width: number): number {
  return Math.max(3, Math.min(8, Math.floor(width / 90)));
}
