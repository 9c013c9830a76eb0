import * as Plot from '@observablehq/plot';
import { useState } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { Choice } from '../shared/Choice';
import { formatCount, formatNumber, formatShare, formatShareTick, formatSigned, formatTick } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, type Look } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import type { Heterogeneity } from '../shared/types';
import { InfluenceFigure } from './InfluenceFigure';
import { Sentences } from './Sentences';
import { distributionTitle, momentSentences, scaleTitle } from './words';

/** How mixed the data is: V on its scale, the distribution of the influences, and the influences themselves. */
export function HeterogeneitySection({ heterogeneity }: { heterogeneity: Heterogeneity }) {
  return (
    <>
      <header>
        <h2 id="heterogeneity-title">How mixed the data is</h2>
        <p class="soft">
          X(i,j) is how much the loss at row j grows when row i gets more weight: negative means that i helps j, positive that i harms
          it. The potential V is the variance of X over all pairs of rows. The larger V, the less the rows agree on one rule.
        </p>
      </header>
      {heterogeneity.potential !== null && <ScaleFigure heterogeneity={heterogeneity} />}
      {heterogeneity.histogram && <DistributionFigure heterogeneity={heterogeneity} />}
      {heterogeneity.influence.length > 0 && <InfluenceFigure maps={heterogeneity.influence} mean={heterogeneity.moments?.mean ?? null} />}
      <Sentences list={heterogeneity.notes} />
    </>
  );
}

interface Reading {
  name: string;
  value: number;
  /** two standard deviations */
  spread: number;
  draws: number | null;
  look: Look;
}

function readingsOf(heterogeneity: Heterogeneity): Reading[] {
  const readings: Reading[] = [];
  if (heterogeneity.homogeneous) {
    const { mean, deviation, draws } = heterogeneity.homogeneous;
    readings.push({ name: 'labels of one rule (homogeneous)', value: mean, spread: 2 * deviation, draws, look: { colour: 'var(--group-3)', corners: [] } });
  }
  if (heterogeneity.after !== null) {
    readings.push({ name: `V ${heterogeneity.afterMeaning}`, value: heterogeneity.after, spread: 0, draws: null, look: { colour: 'var(--group-1)', corners: [] } });
  }
  readings.push({ name: 'V of this data', value: heterogeneity.potential!, spread: 0, draws: null, look: { colour: 'var(--group-2)', corners: [] } });
  if (heterogeneity.permuted) {
    const { mean, deviation, draws } = heterogeneity.permuted;
    readings.push({ name: 'labels shuffled (permuted)', value: mean, spread: 2 * deviation, draws, look: { colour: 'var(--group-0)', corners: [] } });
  }
  return readings;
}

function ScaleFigure({ heterogeneity }: { heterogeneity: Heterogeneity }) {
  const readings = readingsOf(heterogeneity);
  const title = scaleTitle(heterogeneity);
  const label = `${title}. ${readings.map((reading) => `${reading.name}: ${formatNumber(reading.value)}`).join('; ')}.`;
  return (
    <ChartFigure
      title={title}
      note={
        heterogeneity.homogeneous || heterogeneity.permuted
          ? 'Where V stands between this data with labels that one rule made and with shuffled labels. Bands are two standard deviations over the draws.'
          : undefined
      }
      data={() => ({
        name: 'potential',
        columns: ['what', 'V', 'two standard deviations', 'draws'],
        rows: readings.map((reading) => [reading.name, reading.value, reading.draws === null ? null : reading.spread, reading.draws]),
      })}
    >
      <PlotBox
        label={label}
        inputs={[heterogeneity]}
        draw={(width) => {
          const chart = Plot.plot({
            ...FRAME,
            marginLeft: 6,
            marginRight: 56,
            marginTop: 10,
            width,
            height: 50 + readings.length * 46,
            x: { label: 'potential V →', domain: [0, 1.04 * Math.max(...readings.map((reading) => reading.value + reading.spread))], ticks: ticksFor(width), grid: false, tickFormat: formatTick },
            y: { type: 'band', domain: readings.map((reading) => reading.name), axis: null },
            marks: [
              ...readings.filter((reading) => reading.draws !== null).map((reading) =>
                Plot.ruleX([reading], { x: 'value', stroke: reading.look.colour, strokeDasharray: '3 4', strokeOpacity: 0.8 })),
              Plot.ruleY(readings, { y: 'name', x1: 0, x2: 'value', stroke: 'var(--line)', strokeWidth: 6, strokeLinecap: 'round', dy: 8 }),
              ...readings.map((reading) =>
                Plot.ruleY([reading], { y: 'name', x1: (row: Reading) => Math.max(0, row.value - row.spread), x2: (row: Reading) => row.value + row.spread, stroke: reading.look.colour, strokeWidth: 6, strokeLinecap: 'round', dy: 8 })),
              ...readings.map((reading) => Plot.dot([reading], { x: 'value', y: 'name', r: 7, fill: reading.look.colour, dy: 8 })),
              Plot.text(readings, { x: 0, y: 'name', text: 'name', textAnchor: 'start', dx: 0, dy: -9, fontSize: 13, fill: 'var(--ink)', stroke: 'var(--paper-raised)', strokeWidth: 5 }),
              Plot.text(readings, { x: (row: Reading) => row.value + row.spread, y: 'name', text: (row: Reading) => formatNumber(row.value), textAnchor: 'start', dx: 12, dy: 8, fontSize: 13, fontWeight: 600 }),
            ],
          });
          return { elements: [chart] };
        }}
      />
    </ChartFigure>
  );
}

function DistributionFigure({ heterogeneity }: { heterogeneity: Heterogeneity }) {
  const histogram = heterogeneity.histogram!;
  const { moments } = heterogeneity;
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  const bins = histogram.shares.map((share, index) => ({
    from: histogram.low + index * histogram.width,
    to: histogram.low + (index + 1) * histogram.width,
    share,
  }));
  const high = histogram.low + bins.length * histogram.width;
  const title = distributionTitle(histogram);
  const middle = bins.find((bin) => bin.from < 0 && bin.to > 0);
  const smallest = Math.min(...bins.filter((bin) => bin.share > 0).map((bin) => bin.share));
  const floor = 10 ** Math.floor(Math.log10(smallest));
  const pairs = `${formatCount(histogram.pairs)} ${histogram.sampled ? 'sampled pairs' : 'pairs'} of rows`;
  return (
    <ChartFigure
      title={title}
      note={
        <>
          Influences X(i,j) of {pairs}.
          {title.includes('hardly') && middle && ` Hardly: X from ${formatNumber(middle.from, 2)} to ${formatNumber(middle.to, 2)}, the bar at 0.`}
          {histogram.below + histogram.above > 0 &&
            ` Outside the picture: ${formatShare(histogram.below)} below ${formatNumber(histogram.low)} and ${formatShare(histogram.above)} above ${formatNumber(high)}.`}
        </>
      }
      legend={
        <Legend
          items={[
            { look: { colour: 'var(--helps)', corners: [] }, kind: 'bar', text: 'i helps j (X below 0)' },
            { look: { colour: 'var(--harms)', corners: [] }, kind: 'bar', text: 'i harms j (X above 0)' },
          ]}
        />
      }
      data={() => ({ name: 'influence-distribution', columns: ['X from', 'X to', 'share of pairs'], rows: bins.map((bin) => [bin.from, bin.to, bin.share]) })}
    >
      <div class="controls">
        <Choice
          title="Scale of the shares"
          options={[{ value: 'linear', text: 'linear' }, { value: 'log', text: 'logarithmic' }]}
          value={scale}
          onChoose={setScale}
        />
      </div>
      <PlotBox
        label={`${title}.`}
        inputs={[histogram, scale]}
        hover="x"
        draw={(width) => {
          const base = scale === 'log' ? floor : 0;
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 260,
            x: { label: '← helps     influence X(i,j)     harms →', labelAnchor: 'center', labelArrow: 'none', domain: [histogram.low, high], ticks: ticksFor(width), tickFormat: formatTick },
            y: { type: scale, label: 'share of pairs', labelArrow: 'none', grid: true, ticks: 5, tickFormat: formatShareTick, ...(scale === 'log' ? { domain: [floor, Math.max(...histogram.shares)] } : {}) },
            marks: [
              Plot.rectY(bins.filter((bin) => bin.share > base), {
                x1: 'from', x2: 'to', y1: base, y2: 'share', insetLeft: 0.5, insetRight: 0.5,
                fill: (bin: { from: number; to: number }) => (bin.from + bin.to < 0 ? 'var(--helps)' : 'var(--harms)'),
              }),
              Plot.ruleX([0], { stroke: 'var(--ink)' }),
            ],
          });
          const x = chart.scale('x')!;
          return {
            elements: [chart],
            points: bins.map((bin) => ({
              x: x.apply((bin.from + bin.to) / 2) as number,
              y: 40,
              text: `X from ${formatNumber(bin.from)} to ${formatNumber(bin.to)}: ${formatShare(bin.share)} of the pairs`,
            })),
          };
        }}
      />
      {moments && (
        <ul class="sentences">
          {momentSentences(moments).map((sentence) => <li key={sentence}>{sentence}</li>)}
          <li>
            In numbers: mean {formatSigned(moments.mean)}, variance {formatNumber(moments.variance)}, skewness {withError(moments.skewness, moments.skewnessError)},
            excess kurtosis {withError(moments.excessKurtosis, moments.excessKurtosisError)}; {formatCount(moments.pairs)} pairs.
          </li>
        </ul>
      )}
    </ChartFigure>
  );
}

function withError(value: number, error: number): string {
  return formatSigned(value) + (error > 0 ? ` (standard error ${formatNumber(error, 2)})` : '');
}
