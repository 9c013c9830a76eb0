import * as Plot from '@observablehq/plot';
import { ChartFigure } from '../shared/ChartFigure';
import { brief, formatShare, formatShareTick } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, lookOf, REMOVED, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import type { TellingColumn, TellingColumns } from '../shared/types';
import { marginFor, shortened } from './BlocksSection';
import { QualityHeader } from './QualityHeader';

/** What single columns tell of the label, beside what they tell of shuffled labels. */
export function LeaksSection({ leaks, isNumber }: { leaks: TellingColumns; isNumber: boolean }) {
  const what = isNumber ? 'of the variance of the label' : 'of the mistakes that always saying the most frequent label makes';
  return (
    <>
      <QualityHeader id="leaks" title="Columns that leak" found={leaks.sentence} advice={leaks.advice}>
        A column that tells the label all alone is often made from it, and missing where the label is to be predicted. The proof: the label is read off
        other rows with the same value of the column, or the nearest ones, and compared on rows that had no part in it. The control: the same with the
        labels shuffled.
      </QualityHeader>
      <TellingFigure leaks={leaks} what={what} />
    </>
  );
}

function TellingFigure({ leaks, what }: { leaks: TellingColumns; what: string }) {
  const first = leaks.list[0]!;
  const title = `${brief(first.column)} alone leaves ${formatShare(first.left)} ${what}; of shuffled labels it leaves ${formatShare(first.shuffled)}`;
  const looks = { fine: lookOf(0), leak: REMOVED, shuffled: { colour: 'var(--ink-soft)', corners: lookOf(3).corners } };
  const textOf = (one: TellingColumn) => `${brief(one.column)}: leaves ${formatShare(one.left)}, ${formatShare(one.shuffled)} of shuffled labels${one.decides ? '; tells the label next to perfectly' : ''}`;
  const hasLeak = leaks.list.some((one) => one.decides);
  return (
    <ChartFigure
      title={title}
      note={`Nought: the column tells the label. A column is asked about that leaves at most ${formatShare(leaks.limit)}. What tells nothing leaves about 100 %.`}
      legend={<Legend items={[
        ...(hasLeak ? [{ look: looks.leak, text: 'tells the label next to perfectly' }] : []),
        ...(leaks.list.some((one) => !one.decides) ? [{ look: looks.fine, text: 'left open by the column' }] : []),
        { look: looks.shuffled, text: 'the same with labels shuffled' },
      ]} />}
      data={() => ({
        name: 'telling-columns',
        columns: ['column', 'left open', 'with labels shuffled', 'tells the label'],
        rows: leaks.list.map((one) => [one.column, one.left, one.shuffled, one.decides ? 'yes' : 'no']),
      })}
    >
      <PlotBox
        label={`${title}. ${leaks.list.map(textOf).join('; ')}.`}
        inputs={[leaks]}
        draw={(width) => {
          const names = leaks.list.map((one) => one.column);
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 62 + names.length * 28,
            marginLeft: marginFor(names, width),
            x: { label: 'left open; less tells more →', labelArrow: 'none', domain: [0, Math.max(1, ...leaks.list.flatMap((one) => [one.left, one.shuffled])) * 1.05], grid: true, ticks: ticksFor(width), tickFormat: formatShareTick },
            y: { type: 'point', domain: names, label: null, tickFormat: (name: string) => shortened(name, width) },
            marks: [
              Plot.ruleX([leaks.limit], { stroke: 'var(--ink)', strokeDasharray: '5 3' }),
              Plot.dot(leaks.list, { x: 'shuffled', y: 'column', r: 4.5, fill: looks.shuffled.colour, symbol: symbolOf(looks.shuffled) as Plot.SymbolType }),
              ...[true, false].map((decides) => {
                const look = decides ? looks.leak : looks.fine;
                return Plot.dot(leaks.list.filter((one) => one.decides === decides), { x: 'left', y: 'column', r: 6, fill: look.colour, symbol: symbolOf(look) as Plot.SymbolType });
              }),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: leaks.list.map((one) => ({ x: x.apply(one.left) as number, y: y.apply(one.column) as number, text: textOf(one) })),
          };
        }}
      />
    </ChartFigure>
  );
}
