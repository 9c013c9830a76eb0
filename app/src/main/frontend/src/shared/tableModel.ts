/** Sorting, filtering and searching of tables, without the screen. */

export type SortValue = string | number | boolean | null | undefined;

export interface Sorting {
  column: string;
  descending: boolean;
}

export interface Query {
  search: string;
  /** by filter key: the text that a row's value must be; '' = any */
  filters: Record<string, string>;
  sorting: Sorting | null;
}

export interface Sources<Row> {
  /** all that is searched of a row, in lower case */
  searched: (row: Row) => string;
  filters: Record<string, (row: Row) => string>;
  values: Record<string, (row: Row) => SortValue>;
}

/** The rows that every word of the search and every filter agree with, in order; equal rows stay as they stood. */
export function queryRows<Row>(rows: Row[], query: Query, sources: Sources<Row>): Row[] {
  const words = query.search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const filters = Object.entries(query.filters).filter(([key, wanted]) => wanted !== '' && sources.filters[key]);
  const found = rows.filter(
    (row) =>
      filters.every(([key, wanted]) => sources.filters[key]!(row) === wanted) &&
      (words.length === 0 || hasAll(sources.searched(row), words)),
  );
  const valueOf = query.sorting ? sources.values[query.sorting.column] : undefined;
  if (!query.sorting || !valueOf) {
    return found;
  }
  const direction = query.sorting.descending ? -1 : 1;
  return found
    .map((row, index) => ({ row, index, value: valueOf(row) }))
    .sort((a, b) => compareKnown(a.value, b.value, direction) || a.index - b.index)
    .map((entry) => entry.row);
}

function hasAll(text: string, words: string[]): boolean {
  return words.every((word) => text.includes(word));
}

const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function isUnknown(value: SortValue): boolean {
  return value === null || value === undefined || value === '' || (typeof value === 'number' && Number.isNaN(value));
}

/** What is not known goes last, whichever way the rest is sorted. */
function compareKnown(a: SortValue, b: SortValue, direction: number): number {
  if (isUnknown(a) || isUnknown(b)) {
    return Number(isUnknown(a)) - Number(isUnknown(b));
  }
  if (typeof a === 'number' && typeof b === 'number') {
    return direction * (a - b);
  }
  return direction * inOrder.compare(String(a), String(b));
}

/** The values that a filter can take among these rows, in order. */
export function choicesOf<Row>(rows: Row[], value: (row: Row) => string): string[] {
  return [...new Set(rows.map(value))].filter((text) => text !== '').sort(inOrder.compare);
}
