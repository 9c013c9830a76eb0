import * as Plot from '@observablehq/plot';
import { useState } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { capitalised, formatCount, formatNumber, formatShare, formatTick, plural } from '../shared/format';
import { FRAME } from '../shared/LineChart';
import { Legend, lookOf, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import type { Calibration } from '../shared/types';

function calibrationTitle(curve: Calibration): string {
  const known = curve.bins.filter((bin) => bin.count > 0);
  const off = known.filter((bin) => bin.predicted < bin.low || bin.predicted > bin.high);
  if (known.length === 0) {
    return `How sure the ${curve.title.toLowerCase()} may be`;
  }
  if (off.length === 0) {
    return `${capitalised(curve.title)}: in every bin the probabilities agree with how often it is right`;
  }
  const over = off.filter((bin) => bin.predicted > bin.high).length;
  const direction = over === off.length ? 'too sure' : over === 0 ? 'not sure enough' : 'off';
  return `${capitalised(curve.title)}: the probabilities are ${direction} in ${formatCount(off.length)} of ${plural(known.length, 'bin')}`;
}

/** Whether probabilities mean what they say; of many curves the first beside another one. */
export function CalibrationFigure({ curves: all }: { curves: Calibration[] }) {
  const [rival, setRival] = useState(1);
  const curves = all.filter((_, index) => index === 0 || index === rival);
  const title = calibrationTitle(curves[0]!);
  const bins = curves.map((curve) => curve.bins.filter((bin) => bin.count > 0));
  return (
    <ChartFigure
      title={title}
      note="Probability of the predicted label against how often it is right; lines are 95 % intervals. On the diagonal a probability means what it says."
      legend={<Legend items={curves.map((curve, index) => ({ look: lookOf(index), text: curve.title }))} />}
      data={() => ({
        name: 'calibration',
        columns: ['model', 'mean probability', 'share right', 'low', 'high', 'rows'],
        rows: all.flatMap((curve) => curve.bins.map((bin) => [curve.title, bin.predicted, bin.observed, bin.low, bin.high, bin.count])),
      })}
    >
      {all.length > 2 && (
        <div class="controls">
          <label class="field">
            beside it
            <select value={rival} onChange={(event) => setRival(Number(event.currentTarget.value))}>
              {all.slice(1).map((curve, index) => <option value={index + 1}>{curve.title}</option>)}
            </select>
          </label>
        </div>
      )}
      <PlotBox
        label={`${title}. Share right over mean probability.`}
        inputs={[all, rival]}
        draw={(width) => {
          const side = Math.min(width, 560);
          const low = Math.max(0, Math.min(...bins.flat().map((bin) => Math.min(bin.predicted, bin.low))) - 0.03);
          const chart = Plot.plot({
            ...FRAME,
            width: side,
            height: side * 0.78,
            x: { label: 'probability of the predicted label →', labelArrow: 'none', domain: [low, 1], grid: true, ticks: 6, tickFormat: formatTick },
            y: { label: '↑ share that is right', labelArrow: 'none', domain: [low, 1], grid: true, ticks: 6, tickFormat: formatTick },
            marks: [
              Plot.line([[low, low], [1, 1]] as [number, number][], { stroke: 'var(--ink-soft)', strokeDasharray: '5 4' }),
              ...bins.flatMap((list, index) => [
                Plot.ruleX(list, { x: 'predicted', y1: 'low', y2: 'high', stroke: lookOf(index).colour, strokeWidth: 1.5, strokeOpacity: 0.7 }),
                Plot.line(list, { x: 'predicted', y: 'observed', stroke: lookOf(index).colour, strokeWidth: 2 }),
                Plot.dot(list, { x: 'predicted', y: 'observed', r: 4.5, fill: lookOf(index).colour, symbol: symbolOf(lookOf(index)) as Plot.SymbolType }),
              ]),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: bins.flatMap((list, index) => list.map((bin) => ({
              x: x.apply(bin.predicted) as number,
              y: y.apply(bin.observed) as number,
              text: `${curves[index]!.title}: probability ${formatNumber(bin.predicted)}, right in ${formatShare(bin.observed)} (${formatShare(bin.low)} to ${formatShare(bin.high)}) of ${plural(bin.count, 'row')}`,
            }))),
          };
        }}
      />
    </ChartFigure>
  );
}
