import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Cell, download, toCsv } from './csv';
import { formatCount, formatNumber } from './format';
import { Scroller } from './Scroller';

/** The numbers behind a chart. */
export interface ChartData {
  /** name of the file offered, without .csv */
  name: string;
  columns: string[];
  rows: Cell[][];
  /** where the table is a summary: all of it, made when it is downloaded */
  all?: { columns: string[]; rows: () => Cell[][] };
}

interface ChartFigureProps {
  /** what is to be seen in these numbers, as a sentence */
  title: string;
  /** how to read it */
  note?: ComponentChildren;
  legend?: ComponentChildren;
  /** made only when somebody asks for it */
  data: () => ChartData;
  children: ComponentChildren;
  class?: string;
}

const SHOWN = 200;

/** A chart with its title, how to read it, its legend, and its numbers as a table and as a file. */
export function ChartFigure({ title, note, legend, data, children, class: extra }: ChartFigureProps) {
  return (
    <figure class={extra ? `chart ${extra}` : 'chart'}>
      <figcaption>
        <h3>{title}</h3>
        {note && <p>{note}</p>}
      </figcaption>
      {legend}
      {children}
      <DataOf data={data} title={title} />
    </figure>
  );
}

/** The numbers behind a chart: a table of at most 200 lines, and all of it as CSV. */
export function DataOf({ data, title }: { data: () => ChartData; title: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="chart-data no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Data<span class="hidden-visually">: {title}</span>
      </summary>
      {open && <DataTable data={data()} title={title} />}
    </details>
  );
}

function DataTable({ data, title }: { data: ChartData; title: string }) {
  const shown = data.rows.slice(0, SHOWN);
  const isNumber = data.columns.map((_, column) => data.rows.some((row) => typeof row[column] === 'number'));
  return (
    <>
      <Scroller label={`Data: ${title}`}>
        <table>
          <thead>
            <tr>
              {data.columns.map((column, index) => (
                <th scope="col" class={isNumber[index] ? 'number' : undefined}>{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr>
                {row.map((cell, index) => (
                  <td class={isNumber[index] ? 'number' : 'text'}>{typeof cell === 'number' ? formatNumber(cell, 4) : String(cell ?? '')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {data.rows.length > SHOWN && <p class="soft">The first {SHOWN} of {formatCount(data.rows.length)} lines; the file holds them all.</p>}
      <button
        type="button"
        class="button"
        onClick={() => download(`${data.name}.csv`, data.all ? toCsv(data.all.columns, data.all.rows()) : toCsv(data.columns, data.rows))}
      >
        Download {data.all ? 'all cells ' : ''}as CSV
      </button>
    </>
  );
}
