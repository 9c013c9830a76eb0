import * as Plot from '@observablehq/plot';
import { ChartFigure } from '../shared/ChartFigure';
import { formatCount, formatProbability, formatShare, formatShareTick } from '../shared/format';
import { FRAME } from '../shared/LineChart';
import { Legend, lookOf, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import type { OverTime } from '../shared/types';
import { QualityHeader } from './QualityHeader';

/** The shares of the blocks from the earliest rows to the latest. */
export function OverTimeSection({ overTime }: { overTime: OverTime }) {
  const title = `${overTime.follows ? 'The shares of the blocks change' : 'The shares of the blocks do not change more than by chance'} from period to period of ${overTime.column} (p ${overTime.chance <= 0.001 ? '≤ 0.001' : `= ${formatProbability(overTime.chance)}`})`;
  const points = overTime.overall.flatMap((overall, block) => overTime.periods.map((period, index) => ({ block, index: index + 1, period, share: period.shares[block]!, overall })));
  const places = overTime.periods.map((_, index) => index + 1);
  return (
    <>
      <QualityHeader
        id="over-time"
        title="Blocks over time"
        found={overTime.sentence}
        advice={overTime.follows ? 'If a newer rule has taken the place of an older one, train on the rows from the change on, and measure with the latest rows.' : null}
      >
        Blocks that follow time are often one rule that changed. The control: the rows dealt to the periods anew, 999 times; p is how often their
        shares differ as much.
      </QualityHeader>
      <ChartFigure
        title={title}
        note="Periods of about as many rows each; rows that no block explains are left out. Dashed: the share in all periods together."
        legend={<Legend items={[
          ...overTime.overall.map((_, block) => ({ look: lookOf(block), text: `block ${block + 1}` })),
          { look: { colour: 'var(--ink-soft)', corners: [] as [number, number][] }, kind: 'dashed' as const, text: 'in all periods' },
        ]} />}
        data={() => ({
          name: 'blocks-over-time',
          columns: ['from', 'to', 'rows', ...overTime.overall.map((_, block) => `block ${block + 1}`)],
          rows: overTime.periods.map((period) => [period.from, period.to, period.rows, ...period.shares]),
        })}
      >
        <PlotBox
          label={`${title}.`}
          inputs={[overTime]}
          draw={(width) => {
            const room = Math.max(1, Math.ceil((places.length * 84) / width));
            const chart = Plot.plot({
              ...FRAME,
              width,
              height: 260,
              x: { label: `${overTime.column}, beginning of the period →`, labelArrow: 'none', type: 'point', domain: places, ticks: places.filter((place) => (place - 1) % room === 0), tickFormat: (place: number) => beginning(overTime.periods[place - 1]!.from) },
              y: { label: '↑ share of the rows', labelArrow: 'none', grid: true, ticks: 5, tickFormat: formatShareTick, domain: [0, 1] },
              marks: overTime.overall.flatMap((overall, block) => {
                const own = points.filter((point) => point.block === block);
                return [
                  Plot.ruleY([overall], { stroke: lookOf(block).colour, strokeDasharray: '4 4', strokeWidth: 1.5 }),
                  Plot.line(own, { x: 'index', y: 'share', stroke: lookOf(block).colour, strokeWidth: 2 }),
                  Plot.dot(own, { x: 'index', y: 'share', fill: lookOf(block).colour, r: 4, symbol: symbolOf(lookOf(block)) as Plot.SymbolType }),
                ];
              }),
            });
            const x = chart.scale('x')!;
            const y = chart.scale('y')!;
            return {
              elements: [chart],
              points: points.map((point) => ({
                x: x.apply(point.index) as number,
                y: y.apply(point.share) as number,
                text: `block ${point.block + 1}, ${beginning(point.period.from)} to ${beginning(point.period.to)}: ${formatShare(point.share)} of ${formatCount(point.period.rows)} rows`,
              })),
            };
          }}
        />
      </ChartFigure>
    </>
  );
}

/** Dates without their time of day, which the data below holds. */
function beginning(time: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(time) ? time.slice(0, 10) : time;
}
