import { useMemo } from 'preact/hooks';
import { formatCount, formatNumber, plural } from '../shared/format';
import { Picture } from '../shared/Picture';
import { Scroller } from '../shared/Scroller';
import { type Column, Table } from '../shared/Table';
import type { Cluster, NearCounts, NearDuplicates, ReportData } from '../shared/types';
import { QualityHeader } from './QualityHeader';

/** Clusters of rows that are next to equal, their rows side by side. */
export function NearDuplicatesSection({ near, data }: { near: NearDuplicates; data: ReportData }) {
  const columns = useMemo(columnsOf, [near]);
  const { counts } = near;
  return (
    <>
      <QualityHeader id="near-duplicates" title="Near-duplicates" found={near.sentence} advice={near.advice}>
        {counts && 'Rows much nearer to one another than to all others. If they are of one case, one of them in a test set is no test for a model that has seen another: --group keeps them on one side. Two controls: the same search in shuffled columns, and what smooth data of these dimensions has at most.'}
      </QualityHeader>
      {counts && counts.moreThanChance && (
        <>
          <CountsTable counts={counts} isNumber={data.data.task === 'regression'} />
          <Table
            caption={`${near.clusters.length < counts.clusters ? `${formatCount(near.clusters.length)} of ${plural(counts.clusters, 'cluster')}; rows.csv names them all` : plural(counts.clusters, 'cluster')}; the arrow at the left shows the rows side by side`}
            columns={columns}
            rows={near.clusters}
            keyOf={(cluster) => cluster.number}
            details={(cluster) => <Rows cluster={cluster} data={data} />}
            noun="cluster"
            fileName="near-duplicates"
            pageSize={10}
          />
        </>
      )}
    </>
  );
}

function CountsTable({ counts, isNumber }: { counts: NearCounts; isNumber: boolean }) {
  const alike = isNumber
    ? { what: 'Standard deviation of the labels within clusters', found: formatNumber(counts.deviationWithin), chance: formatNumber(counts.deviation), note: 'of the labels of all their rows' }
    : { what: 'Clusters whose labels disagree', found: formatCount(counts.disagreeing), chance: formatNumber(counts.expectedDisagreeing), note: 'where labels are dealt at random' };
  return (
    <Scroller label="How many near-duplicates there are, and by chance">
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" class="number">Found</th>
            <th scope="col" class="number">By chance</th>
            <th scope="col">The control</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Rows in clusters, of {formatCount(counts.searched)}</th>
            <td class="number">{formatCount(counts.rows)}</td>
            <td class="number">{formatNumber(counts.expectedShuffled)}</td>
            <td class="text">in shuffled columns; at most {formatNumber(counts.expectedSmooth)} in smooth data</td>
          </tr>
          <tr>
            <th scope="row">{alike.what}</th>
            <td class="number">{alike.found}</td>
            <td class="number">{alike.chance}</td>
            <td class="text">{alike.note}</td>
          </tr>
        </tbody>
      </table>
    </Scroller>
  );
}

function labelsOf(cluster: Cluster): string {
  const counts = new Map<string, number>();
  cluster.rows.forEach((row) => counts.set(row.label, (counts.get(row.label) ?? 0) + 1));
  return [...counts].map(([label, count]) => (count === 1 ? label : `${label} (${count})`)).join(', ');
}

function columnsOf(): Column<Cluster>[] {
  return [
    { key: 'number', title: 'Cluster', meaning: 'as nearDuplicateOf in rows.csv', value: (cluster) => cluster.number, number: true },
    { key: 'size', title: 'Rows', value: (cluster) => cluster.size, number: true },
    { key: 'labels', title: 'Labels', meaning: 'of the rows that are shown', value: labelsOf },
    { key: 'disagrees', title: 'They', value: (cluster) => (cluster.disagrees ? 'disagree' : 'agree'), show: (cluster) => <span class={cluster.disagrees ? 'tag tag-bad' : 'soft'}>{cluster.disagrees ? 'disagree' : 'agree'}</span> },
    { key: 'rows', title: 'Which', value: (cluster) => cluster.rows.map((row) => row.id).join(', '), sortable: false },
  ];
}

function Rows({ cluster, data }: { cluster: Cluster; data: ReportData }) {
  const { images } = data;
  const hasLines = cluster.rows.some((row) => row.line !== null);
  const hasIds = cluster.rows.some((row) => row.id !== String(row.row));
  const rest = [
    cluster.unshown > 0 ? `They differ in ${plural(cluster.unshown, 'more column')}.` : '',
    cluster.equal > 0 ? `They are equal in ${plural(cluster.equal, 'column')}.` : '',
    cluster.size > cluster.rows.length ? `${formatCount(cluster.rows.length)} of ${plural(cluster.size, 'row')}.` : '',
  ].join(' ').trim();
  return (
    <div class="cluster-rows">
      <Scroller label={`Rows of cluster ${cluster.number} side by side`}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">Row</th>
              {hasLines && <th scope="col" class="number">Line</th>}
              {hasIds && <th scope="col">Id</th>}
              {images && <th scope="col">Picture</th>}
              <th scope="col">Label</th>
              {cluster.columns.map((column) => <th scope="col" key={column}>{column}</th>)}
            </tr>
          </thead>
          <tbody>
            {cluster.rows.map((row) => (
              <tr key={row.row}>
                <td class="number">{row.row}</td>
                {hasLines && <td class="number">{row.line}</td>}
                {hasIds && <td class="text">{row.id}</td>}
                {images && <td>{row.image >= 0 && <Picture images={images} index={row.image} size={64} text={`Picture of row ${row.row}`} />}</td>}
                <td class="text">{row.label}</td>
                {row.values.map((value) => <td class="text">{value === '' ? <span class="soft">missing</span> : value}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {rest !== '' && <p class="soft small">{rest}</p>}
    </div>
  );
}
