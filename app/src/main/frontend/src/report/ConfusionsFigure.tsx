import { ChartFigure } from '../shared/ChartFigure';
import { brief, formatCount, formatShareInterval } from '../shared/format';
import type { Confusion } from '../shared/report-data';
import { confusionsTitle } from './words';

const SHOWN = 30;

/** Which class is labelled as which, where labels are wrong; nothing where none is. */
export function ConfusionsFigure({ confusions }: { confusions: Confusion[] }) {
  if (confusions.length === 0) {
    return null;
  }
  return (
    <ChartFigure
      title={confusionsTitle(confusions)}
      note={[
        'Estimated: each row counts with the probability that it is of another class than its label says. Shares are of all rows of the true class, with 95 % intervals.',
        confusions.length > SHOWN ? `The ${SHOWN} most frequent of ${formatCount(confusions.length)}; the data below holds them all.` : '',
      ].join(' ').trim()}
      data={() => ({
        name: 'confusions',
        columns: ['of the rows that are', 'are labelled', 'about rows', 'share', 'low', 'high'],
        rows: confusions.map((one) => [one.from, one.to, one.rows, one.share, one.low, one.high]),
      })}
    >
      <div class="scroller" tabIndex={0} role="region" aria-label="Which class is labelled as which">
        <table>
          <thead>
            <tr>
              <th scope="col">Of the rows that are</th>
              <th scope="col">are labelled</th>
              <th scope="col" class="number" title="a sum of probabilities">about</th>
              <th scope="col" class="number" title="of the rows of the true class, with its 95 % interval">that is</th>
            </tr>
          </thead>
          <tbody>
            {confusions.slice(0, SHOWN).map((one) => (
              <tr key={`${one.from}\u0001${one.to}`}>
                <th scope="row" title={one.from}>{brief(one.from)}</th>
                <td class="text" title={one.to}>{brief(one.to)}</td>
                <td class="number">{formatCount(one.rows)}</td>
                <td class="number">{formatShareInterval({ value: one.share, low: one.low, high: one.high })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ChartFigure>
  );
}
