import { formatNumber, formatShare, sentence } from '../shared/format';
import { Scroller } from '../shared/Scroller';
import type { GivenProbabilities } from '../shared/types';
import { CalibrationFigure } from './CalibrationFigure';
import { ConfusionFigure } from './ConfusionFigure';
import { Sentences } from './Sentences';

const isWarning = (remark: string) => remark.startsWith('WARNING');

/** How far probabilities that were given keep what they promise. */
export function GivenSection({ given }: { given: GivenProbabilities }) {
  return (
    <>
      <header>
        <h2 id="given-title">Given probabilities</h2>
        {given.remarks.filter(isWarning).map((warning) => <p key={warning} class="advice">{sentence(warning)}</p>)}
        <p>
          What a model of yours said of each row, beside the labels as they are, wrong ones among them. The rows whose label it denies most are the first
          of the <a href="#suspicious">suspicious rows</a>.
        </p>
        <Sentences list={given.remarks.filter((remark) => !isWarning(remark))} />
      </header>
      <CalibrationFigure curves={given.calibration} />
      <Scroller label="How far the probabilities keep what they promise">
        <table>
          <caption>Lower is better. The temperature was fitted to these rows: on other rows it gains about as much, or less.</caption>
          <thead>
            <tr>
              <th scope="col">Probabilities</th>
              <th scope="col" class="number">Log-loss (nats)</th>
              <th scope="col" class="number">Calibration error</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">as given</th>
              <td class="number">{formatNumber(given.given.logLoss)}</td>
              <td class="number">{formatShare(given.given.calibrationError)}</td>
            </tr>
            <tr>
              <th scope="row">at temperature {formatNumber(given.temperature)}</th>
              <td class="number">{formatNumber(given.calibrated.logLoss)}</td>
              <td class="number">{formatShare(given.calibrated.calibrationError)}</td>
            </tr>
          </tbody>
        </table>
      </Scroller>
      <ConfusionFigure confusion={given.confusion} rows="All rows" />
    </>
  );
}
