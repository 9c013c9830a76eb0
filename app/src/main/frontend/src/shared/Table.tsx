import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { type Cell, download, toCsv } from './csv';
import { formatCount } from './format';
import { choicesOf, queryRows, type SortValue, type Sorting } from './tableModel';
import { Scroller } from './Scroller';

export interface Column<Row> {
  key: string;
  title: string;
  /** what it means and which way it points; read out and shown on hover */
  meaning?: string;
  /** what is sorted by and written into the file */
  value: (row: Row) => SortValue;
  /** what is shown, where that is not the value */
  show?: (row: Row) => ComponentChildren;
  number?: boolean;
  sortable?: boolean;
}

export interface Filter<Row> {
  key: string;
  title: string;
  value: (row: Row) => string;
}

interface TableProps<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
  /** what the search looks through; no search field without it */
  searched?: (row: Row) => string;
  searchHint?: string;
  filters?: Filter<Row>[];
  sorting?: Sorting;
  details?: (row: Row) => ComponentChildren;
  /** "row" */
  noun?: string;
  /** name of the CSV file, without .csv; no download without it */
  fileName?: string;
  pageSize?: number;
}

/** A table that sorts, filters, searches and pages; everything by keyboard. */
export function Table<Row>({
  caption, columns, rows, keyOf, searched, searchHint = 'Search', filters = [], sorting: first, details, noun = 'row', fileName, pageSize = 25,
}: TableProps<Row>) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [sorting, setSorting] = useState<Sorting | null>(first ?? null);
  const [page, setPage] = useState(0);
  const [open, setOpen] = useState<ReadonlySet<string | number>>(new Set());
  const id = useId();

  const sources = useMemo(() => {
    const texts = new Map<Row, string>();
    return {
      searched: (row: Row) => {
        let text = texts.get(row);
        if (text === undefined) {
          text = (searched?.(row) ?? '').toLowerCase();
          texts.set(row, text);
        }
        return text;
      },
      filters: Object.fromEntries(filters.map((filter) => [filter.key, filter.value])),
      values: Object.fromEntries(columns.map((column) => [column.key, column.value])),
    };
  }, [rows, columns]);
  const found = useMemo(() => queryRows(rows, { search, filters: chosen, sorting }, sources), [rows, search, chosen, sorting, sources]);
  const choices = useMemo(() => filters.map((filter) => choicesOf(rows, filter.value)), [rows]);

  useEffect(() => setPage(0), [search, chosen, sorting, rows]);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const current = Math.min(page, pages - 1);
  const shown = found.slice(current * pageSize, (current + 1) * pageSize);
  const sortBy = (column: string) =>
    setSorting((before) => ({ column, descending: before?.column === column ? !before.descending : false }));
  const toggle = (key: string | number) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(key)) {
        after.add(key);
      }
      return after;
    });
  const usable = filters.map((filter, index) => ({ filter, choices: choices[index]! })).filter((entry) => entry.choices.length > 1);
  const isNarrowed = search !== '' || Object.values(chosen).some((wanted) => wanted !== '');

  return (
    <div class="data-table">
      {(searched || usable.length > 0) && (
        <div class="table-tools no-print">
          {searched && (
            <label>
              {searchHint}
              <input type="search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
            </label>
          )}
          {usable.map(({ filter, choices }) => (
            <label>
              {filter.title}
              <select
                value={chosen[filter.key] ?? ''}
                onChange={(event) => {
                  const wanted = event.currentTarget.value;
                  setChosen((before) => ({ ...before, [filter.key]: wanted }));
                }}
              >
                <option value="">all</option>
                {choices.map((choice) => <option value={choice}>{choice}</option>)}
              </select>
            </label>
          ))}
          {isNarrowed && (
            <button type="button" class="button button-quiet" onClick={() => { setSearch(''); setChosen({}); }}>Show all</button>
          )}
        </div>
      )}
      <p class="table-title" id={`${id}caption`}>{caption}</p>
      <Scroller labelledBy={`${id}caption`}>
        <table aria-labelledby={`${id}caption`}>
          <thead>
            <tr>
              {details && <th><span class="hidden-visually">Details</span></th>}
              {columns.map((column) => {
                const isSorted = sorting?.column === column.key;
                return (
                  <th
                    scope="col"
                    class={column.number ? 'number' : undefined}
                    aria-sort={isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined}
                    title={column.meaning}
                  >
                    {column.sortable === false ? column.title : (
                      <button type="button" class="sort-button" onClick={() => sortBy(column.key)}>
                        {column.title}
                        <span class="sort-arrow" aria-hidden="true">{isSorted ? (sorting.descending ? '▼' : '▲') : '↕'}</span>
                      </button>
                    )}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => {
              const key = keyOf(row);
              const isOpen = open.has(key);
              return (
                <Fragment key={key}>
                  <tr>
                    {details && (
                      <td>
                        <button
                          type="button"
                          class="expander"
                          aria-expanded={isOpen}
                          aria-controls={`${id}details${index}`}
                          aria-label={`Details of ${noun} ${key}`}
                          onClick={() => toggle(key)}
                        >
                          {isOpen ? '▾' : '▸'}
                        </button>
                      </td>
                    )}
                    {columns.map((column) => (
                      <td class={column.number ? 'number' : 'text'}>{column.show ? column.show(row) : String(column.value(row) ?? '')}</td>
                    ))}
                  </tr>
                  {details && isOpen && (
                    <tr class="details" id={`${id}details${index}`}>
                      <td colSpan={columns.length + 1}>{details(row)}</td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
            {shown.length === 0 && (
              <tr>
                <td colSpan={columns.length + (details ? 1 : 0)}>No {noun} fits. Search for less, or show all.</td>
              </tr>
            )}
          </tbody>
        </table>
      </Scroller>
      <div class="table-foot">
        <span role="status">
          {found.length === rows.length
            ? `${formatCount(rows.length)} ${rows.length === 1 ? noun : noun + 's'}`
            : `${formatCount(found.length)} of ${formatCount(rows.length)} ${noun}s`}
        </span>
        {pages > 1 && (
          <nav class="pages no-print" aria-label={`Pages of: ${caption}`}>
            <button type="button" class="button" disabled={current === 0} onClick={() => setPage(current - 1)}>Back</button>
            <span>page {formatCount(current + 1)} of {formatCount(pages)}</span>
            <button type="button" class="button" disabled={current === pages - 1} onClick={() => setPage(current + 1)}>Next</button>
          </nav>
        )}
        {fileName && (
          <button
            type="button"
            class="button button-quiet no-print"
            onClick={() => download(`${fileName}.csv`, toCsv(columns.map((column) => column.title), found.map((row) => columns.map((column) => column.value(row) as Cell))))}
          >
            Download as CSV
          </button>
        )}
      </div>
    </div>
  );
}
