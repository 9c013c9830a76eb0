import { formatCount, formatNumber, formatShare, sentence } from '../shared/format';
import type { Figure, ReportData } from '../shared/types';

const VERDICTS: Record<string, string> = {
  alike: 'The rows look alike, by the criterion that was asked for.',
  notAlike: 'Some rows do not look like the rest, by the criterion that was asked for.',
  homogeneous: 'Verdict: homogeneous.',
  noisy: 'Verdict: noisy. One rule, and wrong labels.',
  mixed: 'Verdict: mixed. More than one rule made the labels: a block is a group of rows that follow one.',
  tooFewRows: 'No verdict: too few rows.',
};

/** What a reader with one minute needs: the verdict, three numbers, what to do. */
export function HeadlineSection({ data }: { data: ReportData }) {
  const { headline } = data;
  return (
    <>
      <header class="headline">
        {VERDICTS[headline.verdict] && <p class="verdict">{VERDICTS[headline.verdict]}</p>}
        <h1 id="summary-title">{sentence(headline.sentence)}</h1>
      </header>
      {headline.numbers.length > 0 && (
        <dl class="figures">
          {headline.numbers.map((figure) => (
            <div key={figure.label}>
              <dt>
                {figure.label}
                {figure.note && <small>{sentence(figure.note)}</small>}
              </dt>
              <dd>{figureText(figure)}</dd>
            </div>
          ))}
        </dl>
      )}
      {headline.next.length > 0 && (
        <div class="headline">
          <h2>What to do next</h2>
          <ol class="next">
            {headline.next.map((step) => <li key={step}>{sentence(step)}</li>)}
          </ol>
        </div>
      )}
    </>
  );
}

function figureText(figure: Figure): string {
  if (figure.kind === 'share') {
    return formatShare(figure.value);
  }
  return figure.kind === 'count' ? formatCount(figure.value) : formatNumber(figure.value);
}
