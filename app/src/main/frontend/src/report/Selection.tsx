import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { formatCount, plural } from '../shared/format';
import { Picture } from '../shared/Picture';
import type { ReportData } from '../shared/types';
import { type Column, Table } from '../shared/Table';

/** Rows that somebody pointed at. */
export interface Selection {
  /** what they are: "block 1", "a cell of the influences" */
  title: string;
  /** 0-based records of the file; some of them where there are too many */
  rows: number[];
  /** how many there are */
  total: number;
}

/** Shows the rows behind a picture. */
export const Select = createContext<(selection: Selection) => void>(() => undefined);

export function useSelect(): (selection: Selection) => void {
  return useContext(Select);
}

/** What the report knows of a row. */
interface Known {
  row: number;
  line: number | null;
  id: string;
  label: string;
  suggested: string;
  group: string;
  source: string;
  values: string[];
  image: number;
}

/** All rows of which the report knows anything, by their place in the file. */
export function knownRows(data: ReportData): Map<number, Known> {
  const known = new Map<number, Known>();
  const groupOf = new Map<number, string>();
  const { map } = data;
  map?.row.forEach((row, index) => {
    const label = map.label[index];
    const group = map.groups[map.block[index]!] ?? '';
    groupOf.set(row, group);
    known.set(row, {
      row, line: null, id: String(row), label: data.data.task === 'regression' ? String(label ?? '') : (data.data.classes[label ?? -1] ?? ''), suggested: '', group,
      source: map.source === null ? '' : (map.sourceNames[map.source[index]!] ?? ''), values: [], image: map.image?.[index] ?? -1,
    });
  });
  for (const row of data.rows) {
    groupOf.set(row.row, row.group);
    known.set(row.row, { ...row, source: row.source ?? '', suggested: '' });
  }
  for (const row of data.suspicious.rows) {
    const group = data.blocks ? (data.blocks.list.find((block) => block.block === row.block)?.name ?? '') : row.judged ? 'taken out' : 'kept';
    known.set(row.row, { ...row, source: row.source ?? '', group: groupOf.get(row.row) ?? group });
  }
  return known;
}

/** The rows of a group of the map that the report knows. */
export function rowsOfGroup(data: ReportData, group: string): number[] {
  return [...knownRows(data).values()].filter((row) => row.group === group).map((row) => row.row).sort((a, b) => a - b);
}

const MOST_COLUMNS = 6;

/** The rows that were pointed at last, to be looked at, searched and taken along. */
export function SelectedRows({ data, selection, onClose }: { data: ReportData; selection: Selection; onClose: () => void }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.focus({ preventScroll: true });
  }, [selection]);
  const known = knownRows(data);
  const rows = selection.rows.map((row) => known.get(row)).filter((row): row is Known => row !== undefined);
  const has = (value: (row: Known) => unknown) => rows.some((row) => value(row) !== '' && value(row) !== null);
  const columns: Column<Known>[] = [{ key: 'row', title: 'Row', meaning: '0 is the first row of the file', value: (row) => row.row, number: true }];
  if (has((row) => row.line)) {
    columns.push({ key: 'line', title: 'Line', meaning: 'where it begins in the file', value: (row) => row.line, number: true });
  }
  if (rows.some((row) => row.id !== String(row.row))) {
    columns.push({ key: 'id', title: 'Id', value: (row) => row.id });
  }
  if (data.images && rows.some((row) => row.image >= 0)) {
    const images = data.images;
    columns.push({ key: 'picture', title: 'Picture', value: (row) => row.row, sortable: false, show: (row) => row.image >= 0 && <Picture images={images} index={row.image} size={44} text={`Picture of row ${row.row}`} /> });
  }
  columns.push({ key: 'label', title: 'Label', value: (row) => row.label }, { key: 'group', title: data.blocks ? 'Block' : 'Judged', value: (row) => row.group });
  if (has((row) => row.suggested)) {
    columns.push({ key: 'suggested', title: 'Suggested', value: (row) => row.suggested });
  }
  if (has((row) => row.source)) {
    columns.push({ key: 'source', title: 'Source', value: (row) => row.source });
  }
  data.data.columns.slice(0, MOST_COLUMNS).forEach((name, index) => {
    if (rows.some((row) => row.values.length > 0)) {
      columns.push({ key: `value ${index}`, title: name, value: (row) => row.values[index] ?? '' });
    }
  });
  return (
    <aside ref={box} class="selected" tabIndex={-1} aria-label={`Rows behind: ${selection.title}`}>
      <header>
        <h3>{selection.title}</h3>
        <button type="button" class="button" onClick={onClose}>Close</button>
      </header>
      {rows.length === 0 ? (
        <p class="soft">This report holds none of these {formatCount(selection.total)} rows; rows.csv holds them all.</p>
      ) : (
        <Table
          caption={rows.length < selection.total ? `${formatCount(rows.length)} of ${plural(selection.total, 'row')}; rows.csv holds them all` : plural(rows.length, 'row')}
          columns={columns}
          rows={rows}
          keyOf={(row) => row.row}
          searched={(row) => [row.row, row.id, row.label, ...row.values].join('\u0001')}
          fileName="selected-rows"
          pageSize={8}
        />
      )}
    </aside>
  );
}
