import { useMemo } from 'preact/hooks';
import { capitalised, formatCount, formatNumber, formatProbability, formatShare, formatSigned, uncapitalised } from '../shared/format';
import { Picture } from '../shared/Picture';
import type { ReportData, SuspiciousRow } from '../shared/types';
import { ConfusionsFigure } from './ConfusionsFigure';
import { RowValues } from './RowValues';
import { RulesFigure } from './RulesFigure';
import { Sentences } from './Sentences';
import { type Column, type Filter, Table } from '../shared/Table';

/** The rows to look at first, with all that speaks for and against them. */
export function SuspiciousSection({ data }: { data: ReportData }) {
  const { suspicious } = data;
  const columns = useMemo(() => columnsOf(data), [data]);
  const filters = useMemo(() => filtersOf(data), [data]);
  const first = suspicious.scores[0];
  const told = new Set([...(data.purification?.explanation ?? []), data.purification?.reason]);
  const explanation = suspicious.explanation.filter((sentence) => !told.has(sentence));
  return (
    <>
      <header>
        <h2 id="suspicious-title">Suspicious rows</h2>
        <p>
          {capitalised(suspicious.meaning)}:{' '}
          {suspicious.judged === 0
            ? `none of ${formatCount(suspicious.total)}.`
            : `${formatCount(suspicious.judged)} of ${formatCount(suspicious.total)} (${formatShare(suspicious.judged / suspicious.total)}).`}
          {' '}The {suspicious.rows.length < suspicious.total ? `${formatCount(suspicious.rows.length)} most suspicious` : 'rows'} are listed here, the most suspicious first
          {first ? `, by ${uncapitalised(first.title)}` : ''}.
        </p>
        <Sentences list={[...explanation, ...suspicious.scores.map((score) => `${score.title}: ${score.meaning}; suspicious when ${score.suspicious}.`)]} />
      </header>
      <ConfusionsFigure confusions={data.confusions} rows={suspicious.rows} />
      <RulesFigure groups={[{ name: suspicious.meaning, block: null, rules: suspicious.rules }]} fileName="suspicious-rules" />
      <Table
        caption="Suspicious rows; a title sorts, the arrow at the left opens the row"
        columns={columns}
        rows={suspicious.rows}
        keyOf={(row) => row.row}
        searched={(row) => [row.row, row.id, row.label, row.suggested, row.source ?? '', ...row.values].join('\u0001')}
        searchHint="Search in rows"
        filters={filters}
        sorting={{ column: 'rank', descending: false }}
        details={(row) => <Details row={row} data={data} />}
        fileName="suspicious-rows"
      />
    </>
  );
}

/** What a label is sorted by: numbers as numbers. */
function labelValue(label: string, data: ReportData): string | number {
  return data.data.task === 'regression' && label !== '' && Number.isFinite(Number(label)) ? Number(label) : label;
}

/** A label as it stands, long numbers rounded. */
function labelText(label: string, data: ReportData): string {
  const value = labelValue(label, data);
  return typeof value === 'number' && label.length > LONG_NUMBER ? formatNumber(value, 4) : label;
}

const LONG_NUMBER = 8;

const judgementOf = (row: SuspiciousRow) => (row.judged ? 'suspicious' : 'fine');

function columnsOf(data: ReportData): Column<SuspiciousRow>[] {
  const { suspicious, images } = data;
  const isNumber = data.data.task === 'regression';
  const has = (value: (row: SuspiciousRow) => unknown) => suspicious.rows.some((row) => value(row) !== null && value(row) !== '');
  const columns: Column<SuspiciousRow>[] = [{ key: 'rank', title: 'Rank', meaning: '1 is the most suspicious', value: (row) => row.rank, number: true }];
  if (images) {
    columns.push({
      key: 'picture', title: 'Picture', value: (row) => row.row, sortable: false,
      show: (row) => row.image >= 0 && <Picture images={images} index={row.image} size={44} text={`Picture of row ${row.row}`} />,
    });
  }
  const hasOwnIds = suspicious.rows.some((row) => row.id !== String(row.row));
  columns.push({ key: 'row', title: 'Row', meaning: '0 is the first row of the file', value: (row) => row.row, number: true });
  if (has((row) => row.line)) {
    columns.push({ key: 'line', title: 'Line', meaning: 'where the row begins in the file', value: (row) => row.line, number: true });
  }
  if (hasOwnIds) {
    columns.push({ key: 'id', title: 'Id', value: (row) => row.id });
  }
  columns.push(
    { key: 'label', title: 'Label', value: (row) => labelValue(row.label, data), show: (row) => labelText(row.label, data), number: isNumber },
    { key: 'suggested', title: 'Suggested', meaning: 'what the model would say', value: (row) => labelValue(row.suggested, data), show: (row) => labelText(row.suggested, data), number: isNumber },
  );
  // rows are ranked by the first one: it is to be seen without scrolling
  const scores = suspicious.scores.map((score, index): Column<SuspiciousRow> => ({
    key: `score ${score.key}`, title: capitalised(score.title), meaning: `${score.meaning}; suspicious when ${score.suspicious}`,
    value: (row) => row.scores[index], show: (row) => formatNumber(row.scores[index]), number: true,
  }));
  columns.push(...scores.slice(0, 1));
  if (has((row) => row.probability)) {
    columns.push({ key: 'probability', title: 'How sure', meaning: 'probability of the suggested label', value: (row) => row.probability, show: (row) => formatProbability(row.probability), number: true });
  }
  columns.push({
    key: 'judged', title: 'Judged', meaning: suspicious.meaning, value: judgementOf,
    show: (row) => <span class={row.judged ? 'tag tag-bad' : 'soft'}>{judgementOf(row)}</span>,
  });
  if (has((row) => row.block)) {
    columns.push({ key: 'block', title: 'Block', value: (row) => row.block, number: true });
  }
  if (has((row) => row.source)) {
    columns.push({ key: 'source', title: 'Source', value: (row) => row.source });
  }
  columns.push(...scores.slice(1));
  return columns;
}

function filtersOf(data: ReportData): Filter<SuspiciousRow>[] {
  const blockNames = new Map(data.blocks?.list.map((block) => [block.block, block.name]));
  const filters: Filter<SuspiciousRow>[] = [
    { key: 'judged', title: 'Judged', value: judgementOf },
    { key: 'block', title: 'Block', value: (row) => (row.block === null ? '' : blockNames.get(row.block) ?? `block ${row.block}`) },
    { key: 'source', title: 'Source', value: (row) => row.source ?? '' },
  ];
  if (data.data.task === 'classification') {
    filters.unshift(
      { key: 'label', title: 'Label', value: (row) => row.label },
      { key: 'suggested', title: 'Suggested label', value: (row) => row.suggested },
    );
  }
  return filters;
}

function Details({ row, data }: { row: SuspiciousRow; data: ReportData }) {
  const { suspicious, images } = data;
  const strongest = Math.max(1e-12, ...row.against.map((reason) => Math.abs(reason.effect)));
  return (
    <div class="row-details">
      {images && row.image >= 0 && (
        <div>
          <h4>Picture</h4>
          <Picture images={images} index={row.image} size={196} text={`Picture of row ${row.row}, label ${row.label}`} />
        </div>
      )}
      <div>
        <h4>Row {row.row}{row.line !== null && <span class="soft">, line {row.line} of the file</span>}</h4>
        <dl class="values">
          <dt>label</dt>
          <dd>{labelText(row.label, data)}</dd>
          <dt>suggested</dt>
          <dd>{labelText(row.suggested, data)}{row.probability !== null && ` (probability ${formatProbability(row.probability)})`}</dd>
          {suspicious.scores.map((score, index) => (
            <>
              <dt title={score.meaning}>{score.title}</dt>
              <dd>{formatNumber(row.scores[index])} <span class="soft">(suspicious when {score.suspicious})</span></dd>
            </>
          ))}
        </dl>
      </div>
      {row.against.length > 0 && (
        <div>
          <h4>What speaks against {labelText(row.label, data)}, for {labelText(row.suggested, data)}</h4>
          <ul class="against">
            {row.against.map((reason) => (
              <li>
                {reason.column} = {reason.value === '' ? 'missing' : reason.value}: {formatSigned(reason.effect)} nats
                <div class={reason.effect < 0 ? 'bar for' : 'bar'} style={{ width: `${(100 * Math.abs(reason.effect)) / strongest}%` }} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <RowValues values={row.values} data={data} />
    </div>
  );
}
