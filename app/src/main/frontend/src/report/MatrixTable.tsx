import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { brief } from '../shared/format';
import { Scroller } from '../shared/Scroller';

interface MatrixProps {
  caption: string;
  corner: string;
  rows: string[];
  columns: string[];
  cell: (row: number, column: number) => ComponentChildren;
  colour: (row: number, column: number) => { background: string; color: string } | undefined;
  diagonal?: boolean;
}

/** A matrix as a table whose cells are coloured; the numbers say the same. */
export function MatrixTable({ caption, corner, rows, columns, cell, colour, diagonal = false }: MatrixProps) {
  const id = useId();
  return (
    <div>
      <p id={id} class="soft small">{caption}</p>
      <Scroller class="matrix-scroller" labelledBy={id}>
        <table class="matrix" aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {columns.map((name) => <th scope="col" class="number" title={name}>{brief(name)}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((name, row) => (
              <tr>
                <th scope="row" title={name}>{brief(name)}</th>
                {columns.map((_, column) => (
                  <td class={diagonal && row === column ? 'diagonal' : undefined} style={colour(row, column)}>{cell(row, column)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

/** A background from nothing to full in one hue, with ink that can be read on it. */
export function shareColour(share: number, theme: 'light' | 'dark'): { background: string; color: string } {
  const strength = Math.max(0, Math.min(1, share));
  const [paper, full] = theme === 'light' ? [[255, 255, 255], [8, 72, 135]] as const : [[32, 37, 43], [140, 200, 245]] as const;
  const channels = paper.map((from, index) => Math.round(from + strength * (full[index]! - from)));
  return { background: `rgb(${channels.join(' ')})`, color: inkOn(channels) };
}

/** Black or white, whichever stands out more. */
export function inkOn(channels: number[]): string {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? '#000' : '#fff';
}
