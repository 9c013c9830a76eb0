import { ChartFigure } from '../shared/ChartFigure';
import { brief, formatCount, formatShareInterval } from '../shared/format';
import type { NamedConfusion, SuspiciousRow } from '../shared/types';
import { useSelect } from './Selection';
import { confusionsTitle } from './words';
import { Scroller } from '../shared/Scroller';

const SHOWN = 30;

/** Which class is labelled as which, where labels are wrong; nothing where none is. */
export function ConfusionsFigure({ confusions, rows }: { confusions: NamedConfusion[]; rows: SuspiciousRow[] }) {
  const select = useSelect();
  const behind = (one: NamedConfusion) => rows.filter((row) => row.judged && row.label === one.to && row.suggested === one.from).map((row) => row.row);
  if (confusions.length === 0) {
    return null;
  }
  return (
    <ChartFigure
      title={confusionsTitle(confusions)}
      note={[
        'Estimated: each row counts with the probability that it is of another class than its label says. Shares are of all rows of the true class, with 95 % intervals. A number leads to the rows.',
        confusions.length > SHOWN ? `The ${SHOWN} most frequent of ${formatCount(confusions.length)}; the data below holds them all.` : '',
      ].join(' ').trim()}
      data={() => ({
        name: 'confusions',
        columns: ['of the rows that are', 'are labelled', 'about rows', 'share', 'low', 'high'],
        rows: confusions.map((one) => [one.from, one.to, one.rows, one.share, one.low, one.high]),
      })}
    >
      <Scroller label="Which class is labelled as which">
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
                <td class="number">
                  {behind(one).length === 0 ? formatCount(one.rows) : (
                    <button
                      type="button"
                      class="link"
                      onClick={() => select({ title: `Labelled ${brief(one.to)}, probably ${brief(one.from)}`, rows: behind(one), total: behind(one).length })}
                    >
                      {formatCount(one.rows)}
                    </button>
                  )}
                </td>
                <td class="number">{formatShareInterval({ value: one.share, low: one.low, high: one.high })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </ChartFigure>
  );
}
