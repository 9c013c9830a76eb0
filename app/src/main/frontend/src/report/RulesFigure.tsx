import { ChartFigure } from '../shared/ChartFigure';
import { capitalised, formatCount, formatShare, formatShareInterval } from '../shared/format';
import { lookOfBlock, Swatch } from '../shared/marks';
import type { RuleSummary } from '../shared/types';
import { Scroller } from '../shared/Scroller';

/** Rules of one set of rows. */
export interface RuleGroup {
  name: string;
  /** number of the block whose colour it has, or null */
  block: number | null;
  rules: RuleSummary[];
}

/** Sets of rows as rules that a person can check; nothing where there are none. */
export function RulesFigure({ groups, fileName }: { groups: RuleGroup[]; fileName: string }) {
  const rows = groups.flatMap((group) => group.rules.map((rule) => ({ group, rule })));
  if (rows.length === 0) {
    return null;
  }
  const first = rows.reduce((best, row) => (row.rule.coverage.value > best.rule.coverage.value ? row : best), rows[0]!);
  const title = `${first.rule.text}: ${formatShare(first.rule.coverage.value)} of ${first.group.name}`;
  return (
    <ChartFigure
      title={capitalised(title)}
      note={[
        'Rules of at most three conditions, each of which beats chance. All figures are of rows that had no part in finding them, with 95 % intervals.',
        'A rule that says nothing would be right in as many as the last column tells.',
      ].join(' ')}
      data={() => ({
        name: fileName,
        columns: ['rows', 'rule', 'holds for', 'low', 'high', 'right in', 'low', 'high', 'of all rows', 'held-out rows it holds for'],
        rows: rows.map(({ group, rule }) => [
          group.name, rule.text, rule.coverage.value, rule.coverage.low, rule.coverage.high,
          rule.precision.value, rule.precision.low, rule.precision.high, rule.baseRate, rule.rows,
        ]),
      })}
    >
      <Scroller label="Rules">
        <table>
          <thead>
            <tr>
              <th scope="col">Which rows</th>
              <th scope="col">Rule</th>
              <th scope="col" class="number" title="share of these rows that the rule holds for">Holds for</th>
              <th scope="col" class="number" title="share of the rows that the rule holds for that are among these">Right in</th>
              <th scope="col" class="number">Rows it holds for</th>
              <th scope="col" class="number" title="share of these in all rows: what a rule that says nothing would be right in">Of all rows</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group, rule }) => (
              <tr key={`${group.name} ${rule.text}`}>
                <th scope="row">{group.block === null ? group.name : <span class="with-swatch"><Swatch look={lookOfBlock(group.block)} />{group.name}</span>}</th>
                <td class="text wraps">{rule.text}</td>
                <td class="number">{formatShareInterval(rule.coverage)}</td>
                <td class="number">{formatShareInterval(rule.precision)}</td>
                <td class="number">{formatCount(rule.rows)} of {formatCount(rule.heldOutRows)}</td>
                <td class="number">{formatShare(rule.baseRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </ChartFigure>
  );
}
