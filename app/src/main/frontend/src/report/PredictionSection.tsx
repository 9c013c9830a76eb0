import * as Plot from '@observablehq/plot';
import { useState } from 'preact/hooks';
import { ChartFigure, DataOf } from '../shared/ChartFigure';
import { Choice } from '../shared/Choice';
import { capitalised, formatCount, formatInterval, formatNumber, formatPointsInterval, formatShare, formatShareInterval, formatShareTick, formatTick, sentence, uncapitalised } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, lookOf, Swatch, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import type { DataSummary, Interval, Prediction } from '../shared/types';
import { marginFor, shortened } from './BlocksSection';
import { CalibrationFigure } from './CalibrationFigure';
import { ConfusionFigure } from './ConfusionFigure';
import { Sentences } from './Sentences';
import { sideOf } from './words';
import { Scroller } from '../shared/Scroller';

type Metric = Prediction['metrics'][number];
type Model = Prediction['models'][number];

/** How well new rows are predicted: models side by side, where they err, how sure they may be. */
export function PredictionSection({ prediction, data, blocks }: { prediction: Prediction; data: DataSummary; blocks: number }) {
  return (
    <>
      <header>
        <h2 id="prediction-title">Prediction</h2>
        <p>{sentence(prediction.sentence)}</p>
        <p class="soft">Measured on {prediction.rows}.</p>
      </header>
      {prediction.models.length > 0 && prediction.metrics.length > 0 && <ModelsFigure prediction={prediction} />}
      {prediction.confusion && <ConfusionFigure confusion={prediction.confusion} rows="Rows of the test data" />}
      <div class="pair">
        {prediction.fits && <FitsFigure fits={prediction.fits} label={data.label || 'label'} />}
        {prediction.calibration && prediction.calibration.length > 0 && <CalibrationFigure curves={prediction.calibration} />}
        {prediction.abstention.some((curve) => curve.points.length > 1) && <AbstentionFigure curves={prediction.abstention} />}
      </div>
      {prediction.router && <RouterPart router={prediction.router} isNeeded={blocks !== 1} />}
    </>
  );
}

function formatMetricTick(metric: Metric, value: number): string {
  return isShare(metric) ? formatShareTick(value) : formatTick(value);
}

function isShare(metric: Metric): boolean {
  return ['accuracy', 'errorAbstaining10', 'calibrationError'].includes(metric.key);
}

function formatMetric(metric: Metric, value: number): string {
  return isShare(metric) ? formatShare(value) : formatNumber(value);
}

/** All three with as many decimals as the interval supports; shares as percentages. */
function intervalText(metric: Metric, interval: Interval | undefined): string {
  if (!interval || !Number.isFinite(interval.value)) {
    return '–';
  }
  if (!isShare(metric)) {
    return formatInterval(interval);
  }
  return formatShareInterval(interval);
}

function titleOf(models: Model[], metric: Metric): string {
  // as assay predict does it: told the source where that helps
  const own = models.find((model) => model.model === 'routedExpertsWithSource') ?? models.find((model) => model.model === 'routedExperts');
  const isOne = models.some((model) => model.model === 'routedExperts' && model.title === 'one expert');
  const rival = (isOne ? undefined : models.find((model) => model.model === 'strongSingleModel')) ?? models.find((model) => model.model === 'oneModel');
  if (!own || !rival || !own.measures[metric.key] || !rival.measures[metric.key]) {
    return `${metric.title} of the models`;
  }
  const name = capitalised(own.title);
  const [a, b] = [formatMetric(metric, own.measures[metric.key]!.value), formatMetric(metric, rival.measures[metric.key]!.value)];
  const values = `${uncapitalised(metric.title)} ${a} against ${b}`;
  if (own.model !== 'routedExperts') {
    // their paired difference is in the sentence above
    return `${name} and ${rival.title}: ${values}`;
  }
  const side = sideOf(rival.minusRoutedExperts[metric.key]);
  if (side === 'open') {
    return `${name} and ${rival.title} cannot be told apart: ${values}`;
  }
  const ownIsBetter = (side === 'below') === metric.higherIsBetter;
  return ownIsBetter ? `${name} ${isOne ? 'beats' : 'beat'} ${rival.title}: ${values}` : `${capitalised(rival.title)} beats ${own.title}: ${b} against ${a} (${uncapitalised(metric.title)})`;
}

function ModelsFigure({ prediction }: { prediction: Prediction }) {
  const { models, metrics } = prediction;
  const [key, setKey] = useState(metrics[0]!.key);
  const metric = metrics.find((each) => each.key === key) ?? metrics[0]!;
  const shown = models.filter((model) => Number.isFinite(model.measures[metric.key]?.value));
  const title = titleOf(shown, metric);
  return (
    <ChartFigure
      title={title}
      note="Dots are the measured values, lines their 95 % bootstrap intervals. Whether two models differ is told by the paired difference in the table."
      data={() => ({
        name: 'models',
        columns: ['model', 'measure', 'value', 'low', 'high', 'minus routed experts', 'low ', 'high '],
        rows: models.flatMap((model) => metrics.map((each) => {
          const measure = model.measures[each.key];
          const difference = model.minusRoutedExperts[each.key];
          return [model.title, each.title, measure?.value, measure?.low, measure?.high, difference?.value, difference?.low, difference?.high];
        })),
      })}
    >
      {metrics.length > 1 && (
        <div class="controls">
          <Choice title="Measure" options={metrics.map((each) => ({ value: each.key, text: each.title }))} value={metric.key} onChoose={setKey} />
        </div>
      )}
      <PlotBox
        label={`${title}. ${shown.map((model) => `${model.title}: ${intervalText(metric, model.measures[metric.key])}`).join('; ')}.`}
        inputs={[prediction, metric]}
        draw={(width) => {
          const names = shown.map((model) => model.title);
          const value = (part: keyof Interval) => (model: Model) => model.measures[metric.key]![part];
          const colour = (model: Model) => (model.model === 'routedExperts' ? 'var(--group-1)' : 'var(--ink-soft)');
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 62 + shown.length * 34,
            marginLeft: marginFor(names, width),
            x: { label: `${metric.title}; ${metric.higherIsBetter ? 'higher' : 'lower'} is better →`, labelArrow: 'none', grid: true, ticks: ticksFor(width), nice: true, tickFormat: (tick: number) => formatMetricTick(metric, tick) },
            y: { type: 'point', domain: names, label: null, tickFormat: (name: string) => shortened(name, width) },
            marks: [
              ...shown.map((model) => Plot.ruleY([model], { y: 'title', x1: value('low'), x2: value('high'), stroke: colour(model), strokeWidth: 3, strokeLinecap: 'round' })),
              ...shown.map((model) => Plot.dot([model], { y: 'title', x: value('value'), r: 6, fill: colour(model), symbol: symbolOf(lookOf(model.model === 'routedExperts' ? 0 : 3)) as Plot.SymbolType })),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: shown.map((model) => ({
              x: x.apply(model.measures[metric.key]!.value) as number,
              y: y.apply(model.title) as number,
              text: `${model.title}: ${metric.title} ${intervalText(metric, model.measures[metric.key])}`,
            })),
          };
        }}
      />
      <Scroller label="Measures of all models">
        <table>
          <caption>All measures with 95 % intervals; below each the paired difference to the routed experts</caption>
          <thead>
            <tr>
              <th scope="col">Model</th>
              {metrics.map((each) => <th scope="col" class="number">{each.title}<div class="soft small">{each.higherIsBetter ? 'higher' : 'lower'} is better</div></th>)}
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr key={model.model}>
                <th scope="row">{model.title}</th>
                {metrics.map((each) => (
                  <td class="number">
                    {intervalText(each, model.measures[each.key])}
                    {model.model !== 'routedExperts' && model.minusRoutedExperts[each.key] && <Difference metric={each} difference={model.minusRoutedExperts[each.key]!} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </ChartFigure>
  );
}

function Difference({ metric, difference }: { metric: Metric; difference: Interval }) {
  const side = sideOf(difference);
  const verdict = side === 'open' ? 'not told apart' : (side === 'above') === metric.higherIsBetter ? 'better' : 'worse';
  return (
    <div class="small soft">
      {(isShare(metric) ? formatPointsInterval(difference) : intervalText(metric, difference)).replace(/^(?=\d)/, '+')}
      <br />
      {verdict}
    </div>
  );
}

function FitsFigure({ fits, label }: { fits: NonNullable<Prediction['fits']>; label: string }) {
  const rows = fits.truth.map((truth, index) => ({ truth, predicted: fits.predicted[index]!, deviation: fits.deviation[index]! }));
  const inside = rows.filter((row) => Math.abs(row.predicted - row.truth) <= 2 * row.deviation).length;
  const title = `${formatShare(inside / rows.length)} of the test rows lie within two standard deviations of their prediction`;
  const all = rows.flatMap((row) => [row.truth, row.predicted]);
  const domain = [Math.min(...all), Math.max(...all)];
  return (
    <ChartFigure
      title={title}
      note={`Routed experts, ${rows.length < fits.total ? `a sample of ${formatCount(rows.length)} of ${formatCount(fits.total)}` : `all ${formatCount(rows.length)}`} test rows. On the line the prediction is right.`}
      legend={<Legend items={[{ look: lookOf(0), text: 'within two standard deviations' }, { look: lookOf(1), text: 'outside' }]} />}
      data={() => ({ name: 'fits', columns: [`${label}, true`, 'predicted', 'standard deviation'], rows: rows.map((row) => [row.truth, row.predicted, row.deviation]) })}
    >
      <PlotBox
        label={`${title}. Predicted against true ${label}.`}
        inputs={[fits]}
        draw={(width) => {
          const side = Math.min(width, 520);
          const group = (outside: boolean) => rows.filter((row) => Math.abs(row.predicted - row.truth) > 2 * row.deviation === outside);
          const chart = Plot.plot({
            ...FRAME,
            width: side,
            height: side * 0.85,
            x: { label: `${label}, true →`, labelArrow: 'none', domain, nice: true, grid: true, ticks: ticksFor(side), tickFormat: formatTick },
            y: { label: `↑ ${label}, predicted`, labelArrow: 'none', domain, nice: true, grid: true, ticks: 6, tickFormat: formatTick },
            marks: [
              Plot.line([[domain[0], domain[0]], [domain[1], domain[1]]] as [number, number][], { stroke: 'var(--ink-soft)', strokeDasharray: '5 4' }),
              ...[false, true].map((outside) =>
                Plot.dot(group(outside), { x: 'truth', y: 'predicted', r: 3, fill: lookOf(outside ? 1 : 0).colour, fillOpacity: 0.7, symbol: symbolOf(lookOf(outside ? 1 : 0)) as Plot.SymbolType })),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: rows
              .map((row) => ({
                x: x.apply(row.truth) as number,
                y: y.apply(row.predicted) as number,
                text: `true ${formatNumber(row.truth)}, predicted ${formatNumber(row.predicted)} ± ${formatNumber(row.deviation)}`,
              }))
              .sort((a, b) => a.x - b.x),
          };
        }}
      />
    </ChartFigure>
  );
}

function AbstentionFigure({ curves }: { curves: Prediction['abstention'] }) {
  const used = curves.filter((curve) => curve.points.length > 1);
  const lead = used[0]!;
  const isAccuracy = lead.metric.toLowerCase().includes('accuracy');
  const format = (value: number) => (isAccuracy ? formatShare(value) : formatNumber(value));
  const sorted = [...lead.points].sort((a, b) => a.share - b.share);
  const start = sorted[0]!;
  const near = sorted.filter((point) => point.share <= 0.25);
  const there = near[near.length - 1]!;
  const changed = there.value > start.value ? 'rises' : there.value < start.value ? 'falls' : 'stays';
  const title = there === start
    ? `${capitalised(lead.metric)} of the rest, as more rows are left out`
    : changed === 'stays'
      ? `Keeping silent on the least sure ${formatShare(there.share)} leaves the ${lead.metric} of the rest at ${format(there.value)}`
      : `Keeping silent on the least sure ${formatShare(there.share)}, the ${lead.metric} of the rest ${changed} from ${format(start.value)} to ${format(there.value)}`;
  return (
    <ChartFigure
      title={title}
      note={isAccuracy ? 'Rows are left out by their probability, the least sure first (assay predict --abstain).' : 'Rows are left out by their stated deviation, the least sure first: column deviation of predictions.csv.'}
      legend={used.length > 1 ? <Legend items={used.map((curve, index) => ({ look: lookOf(index), text: curve.title }))} /> : undefined}
      data={() => ({
        name: 'abstention',
        columns: ['model', 'share left out', 'threshold', lead.metric],
        rows: used.flatMap((curve) => curve.points.map((point) => [curve.title, point.share, point.threshold, point.value])),
      })}
    >
      <PlotBox
        label={`${title}.`}
        inputs={[curves]}
        draw={(width) => {
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: Math.round(Math.max(260, Math.min(340, width * 0.78))),
            x: { label: 'share of the rows left out →', labelArrow: 'none', ticks: ticksFor(width), nice: true, tickFormat: formatShareTick },
            y: { label: `↑ ${lead.metric} of the rest`, labelArrow: 'none', grid: true, ticks: 5, nice: true, tickFormat: isAccuracy ? formatShareTick : formatTick },
            marks: used.flatMap((curve, index) => [
              Plot.line(curve.points, { x: 'share', y: 'value', stroke: lookOf(index).colour, strokeWidth: 2, sort: 'share' }),
              ...(curve.points.length <= 60 ? [Plot.dot(curve.points, { x: 'share', y: 'value', r: 4, fill: lookOf(index).colour, symbol: symbolOf(lookOf(index)) as Plot.SymbolType })] : []),
            ]),
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: used
              .flatMap((curve) => curve.points.map((point) => ({
                x: x.apply(point.share) as number,
                y: y.apply(point.value) as number,
                text: `${curve.title}: ${formatShare(point.share)} left out (below ${formatNumber(point.threshold)}), ${curve.metric} of the rest ${format(point.value)}`,
              })))
              .sort((a, b) => a.x - b.x),
          };
        }}
      />
    </ChartFigure>
  );
}

function RouterPart({ router, isNeeded }: { router: NonNullable<Prediction['router']>; isNeeded: boolean }) {
  const share = router.informationShare;
  if (!isNeeded) {
    return (
      <div class="chart">
        <h3>There is one block, so nothing has to be routed</h3>
      </div>
    );
  }
  const title = share === null
    ? `New rows are sent to the experts by: ${router.name}`
    : share >= 0.8
      ? `The features know nearly all about the block: ${formatShare(share)} of what there is to know`
      : share >= 0.2
        ? `The features know a part about the block: ${formatShare(share)} of what there is to know`
        : `The features know little about the block: ${formatShare(share)} of what there is to know`;
  const hasSettings = router.contenders.some((contender) => contender.setting);
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <p>Router: {router.name}{router.informationNats !== null && `; ${formatNumber(router.informationNats)} nats about the block`}.</p>
      </figcaption>
      <Sentences list={router.explanation} />
      {router.contenders.length > 0 && (
        <>
          <Scroller label="Routers considered">
            <table>
              <caption>Routers considered: log-likelihood of labels held out, nats per row, higher is better</caption>
              <thead>
                <tr>
                  <th scope="col">Router</th>
                  {hasSettings && <th scope="col">Setting</th>}
                  <th scope="col" class="number">Log-likelihood</th>
                  <th scope="col" class="number">Behind the best</th>
                  <th scope="col" class="number">Standard error</th>
                </tr>
              </thead>
              <tbody>
                {router.contenders.map((contender) => (
                  <tr>
                    <th scope="row">
                      <span class="with-swatch">{contender.router === router.name && <Swatch look={lookOf(0)} />}{String(contender.router)}{contender.router === router.name && ' (chosen)'}</span>
                    </th>
                    {hasSettings && <td>{String(contender.setting ?? '')}</td>}
                    <td class="number">{formatNumber(contender.heldOutLogLikelihood)}</td>
                    <td class="number">{formatNumber(contender.behind)}</td>
                    <td class="number">{formatNumber(contender.standardError)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroller>
          <DataOf
            title={title}
            data={() => ({
              name: 'routers',
              columns: ['router', 'setting', 'held-out log-likelihood', 'behind the best', 'standard error'],
              rows: router.contenders.map((each) => [String(each.router), String(each.setting ?? ''), each.heldOutLogLikelihood, each.behind, each.standardError]),
            })}
          />
        </>
      )}
    </figure>
  );
}
