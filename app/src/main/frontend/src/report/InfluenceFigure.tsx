import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { formatCount, formatSigned, uncapitalised } from '../shared/format';
import { bytesOf } from '../shared/Picture';
import { Tooltip } from '../shared/Plot';
import type { InfluencePicture } from '../shared/types';
import { currentTheme, onThemeChange } from '../shared/theme';
import { inkOn } from './MatrixTable';
import { type Selection, useSelect } from './Selection';
import { groupInfluenceTitle } from './words';

type Rgb = [number, number, number];

/** From "helps most" over nothing to "harms most"; light and dark. */
const RAMPS: Record<'light' | 'dark', Rgb[]> = {
  light: [[8, 48, 107], [33, 113, 181], [125, 178, 218], [247, 247, 245], [244, 165, 98], [204, 86, 10], [115, 40, 0]],
  dark: [[190, 226, 255], [95, 172, 230], [40, 92, 138], [24, 28, 33], [138, 72, 30], [232, 126, 60], [255, 214, 180]],
};

function colourOf(value: number, ramp: Rgb[]): Rgb {
  const place = ((Math.max(-1, Math.min(1, value)) + 1) / 2) * (ramp.length - 1);
  const index = Math.min(ramp.length - 2, Math.floor(place));
  const part = place - index;
  return ramp[index]!.map((from, channel) => Math.round(from + part * (ramp[index + 1]![channel]! - from))) as Rgb;
}

/** Background and ink of an influence, -1 to 1 of the scale, for cells of tables. */
export function influenceColours(value: number, theme: 'light' | 'dark'): { background: string; color: string } {
  const channels = colourOf(value, RAMPS[theme]);
  return { background: `rgb(${channels.join(' ')})`, color: inkOn(channels) };
}

/** Paper is light, whatever the screen is. */
export function useDrawingTheme(): 'light' | 'dark' {
  const [theme, setTheme] = useState(currentTheme());
  useEffect(() => {
    const onScreen = () => setTheme(currentTheme());
    const onPaper = () => setTheme('light');
    window.addEventListener('beforeprint', onPaper);
    window.addEventListener('afterprint', onScreen);
    const end = onThemeChange(onScreen);
    return () => {
      end();
      window.removeEventListener('beforeprint', onPaper);
      window.removeEventListener('afterprint', onScreen);
    };
  }, []);
  return theme;
}

/** The influence matrices, before and after. */
export function InfluenceFigure({ maps, mean }: { maps: InfluencePicture[]; mean: number | null }) {
  const all = useMemo(() => maps.map((map) => ({ map, cells: new Int8Array(bytesOf(map.cells).buffer) })), [maps]);
  const means = useMemo(() => all.map(({ map, cells }) => groupMeans(map, cells)), [all]);
  const names = maps[0]!.groups.map((group) => group.name);
  const told = groupInfluenceTitle(names, means[0]!);
  const title = told ? `${maps[0]!.title}: on average ${uncapitalised(told)}` : `${maps[0]!.title}: one group${mean === null ? '' : `, whose mean influence is ${formatSigned(mean)}`}`;
  return (
    <ChartFigure
      title={title}
      note="Each cell is the influence of the rows on its left on the rows above it. Rows of a group stand together. A click, or Enter, shows rows of a cell."
      legend={<Ramp maps={maps} />}
      data={() => ({
        name: 'influence',
        columns: ['picture', 'group', 'on group', 'mean influence (negative helps)'],
        rows: maps.flatMap((map, index) =>
          map.groups.flatMap((from, i) => map.groups.map((to, j) => [map.title, from.name, to.name, means[index]![i]![j] ?? null])),
        ),
        all: {
          columns: ['picture', 'cell', 'of group', 'on cell', 'of group ', 'influence (negative helps)'],
          rows: () => all.flatMap(({ map, cells }) =>
            Array.from(cells, (cell, index) => {
              const [i, j] = [Math.floor(index / map.size), index % map.size];
              return [map.title, i, groupAt(map, i), j, groupAt(map, j), Number(((cell / 127) * map.scale).toPrecision(4))];
            })),
        },
      })}
    >
      <div class="pair heats">
        {all.map(({ map, cells }, index) => <HeatMap key={map.title} map={map} cells={cells} means={means[index]!} />)}
      </div>
    </ChartFigure>
  );
}

function Ramp({ maps }: { maps: InfluencePicture[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useDrawingTheme();
  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(101, 1);
    for (let x = 0; x <= 100; x++) {
      image.data.set([...colourOf((x - 50) / 50, RAMPS[theme]), 255], 4 * x);
    }
    context.putImageData(image, 0, 0);
  }, [theme]);
  const scales = maps.map((map) => map.scale);
  const oneScale = scales.every((scale) => scale === scales[0]);
  return (
    <div class="ramp">
      <span>helps{oneScale ? ` (${formatSigned(-scales[0]!)} and below)` : ''}</span>
      <canvas ref={canvas} width={101} height={1} aria-hidden="true" />
      <span>harms{oneScale ? ` (${formatSigned(scales[0]!)} and above)` : ''}</span>
      {!oneScale && <span class="soft">each picture has its own scale</span>}
    </div>
  );
}

/** Mean over the cells of each pair of groups, in units of X; the diagonal, where rows meet themselves, left out. */
function groupMeans(map: InfluencePicture, cells: Int8Array): (number | null)[][] {
  return map.groups.map((from) =>
    map.groups.map((to) => {
      let sum = 0;
      let count = 0;
      for (let i = from.from; i < from.to; i++) {
        for (let j = to.from; j < to.to; j++) {
          if (i !== j) {
            sum += cells[i * map.size + j]!;
            count++;
          }
        }
      }
      return count === 0 ? null : (sum / count / 127) * map.scale;
    }),
  );
}

function HeatMap({ map, cells, means }: { map: InfluencePicture; cells: Int8Array; means: (number | null)[][] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useDrawingTheme();
  const [at, setAt] = useState<[number, number] | null>(null);
  const [byKey, setByKey] = useState(false);
  const { size } = map;
  const select = useSelect();
  const pick = () => at !== null && select(selectionOf(map, at));

  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(size, size);
    const colours = Array.from({ length: 255 }, (_, index) => colourOf((index - 127) / 127, RAMPS[theme]));
    for (let cell = 0; cell < size * size; cell++) {
      const [red, green, blue] = colours[Math.max(-127, cells[cell]!) + 127]!;
      image.data[4 * cell] = red;
      image.data[4 * cell + 1] = green;
      image.data[4 * cell + 2] = blue;
      image.data[4 * cell + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [map, theme]);

  const onPointer = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const inside = (part: number) => Math.max(0, Math.min(size - 1, Math.floor(part * size)));
    setByKey(false);
    setAt([inside((event.clientY - box.top) / box.height), inside((event.clientX - box.left) / box.width)]);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setAt(null);
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      pick();
      return;
    }
    const step = event.shiftKey ? 10 : 1;
    const moves: Record<string, [number, number]> = { ArrowUp: [-step, 0], ArrowDown: [step, 0], ArrowLeft: [0, -step], ArrowRight: [0, step] };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      setByKey(true);
      setAt((before) => (before ? [clamp(before[0] + move[0], size), clamp(before[1] + move[1], size)] : [0, 0]));
    }
  };

  const width = canvas.current?.clientWidth ?? 1;
  const groups = map.groups.filter((group) => group.to > group.from);
  const summary = groups.length < 2 ? map.title : `${map.title}. ${pairSummary(map, means)}`;
  return (
    <div class="heat">
      <h4>{map.title}</h4>
      <div class="heat-frame">
        <Names groups={groups} size={size} side="top" />
        <Names groups={groups} size={size} side="left" />
        <div
          class="heat-plane"
          tabIndex={0}
          role="group"
          aria-label={`${map.title}: arrow keys move over the cells, with shift by ten; Enter shows the rows`}
          onPointerMove={onPointer}
          onPointerDown={onPointer}
          onPointerLeave={() => setAt(null)}
          onClick={pick}
          onKeyDown={onKey}
          onBlur={() => setAt(null)}
        >
          <canvas ref={canvas} width={size} height={size} role="img" aria-label={summary} />
          <svg viewBox={`0 0 ${size} ${size}`} preserveAspectRatio="none" aria-hidden="true">
            {groups.slice(1).map((group) => (
              <g stroke="var(--ink)" stroke-width="1.25">
                <line x1={group.from} x2={group.from} y1="0" y2={size} vector-effect="non-scaling-stroke" />
                <line y1={group.from} y2={group.from} x1="0" x2={size} vector-effect="non-scaling-stroke" />
              </g>
            ))}
            {at && (
              <g stroke="var(--ink)" stroke-width="1" stroke-dasharray="3 3">
                <line x1="0" x2={size} y1={at[0] + 0.5} y2={at[0] + 0.5} vector-effect="non-scaling-stroke" />
                <line y1="0" y2={size} x1={at[1] + 0.5} x2={at[1] + 0.5} vector-effect="non-scaling-stroke" />
              </g>
            )}
          </svg>
          {at && (
            <Tooltip x={((at[1] + 0.5) / size) * width} y={((at[0] + 0.5) / size) * width} width={width}>
              {cellText(map, cells, at)}
            </Tooltip>
          )}
          <div class="hidden-visually" aria-live="polite">{byKey && at ? cellText(map, cells, at) : ''}</div>
        </div>
      </div>
      <p class="heat-axis">
        {map.caption} {cellNote(map)}
      </p>
    </div>
  );
}

/** The rows that a cell stands for: those on its left, then those above it. */
function selectionOf(map: InfluencePicture, [i, j]: [number, number]): Selection {
  const rows = [...(map.shown[i] ?? []), ...(map.shown[j] ?? [])];
  return {
    title: `${groupAt(map, i)} (${rowsOfCell(map, i)}) on ${groupAt(map, j)} (${rowsOfCell(map, j)})`,
    rows: [...new Set(rows)],
    total: countOfCell(map, i) + (i === j ? 0 : countOfCell(map, j)),
  };
}

function countOfCell(map: InfluencePicture, cell: number): number {
  return Math.max(1, Math.floor(((cell + 1) * map.rows) / map.size) - Math.floor((cell * map.rows) / map.size));
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}

function cellNote(map: InfluencePicture): string {
  const rows = map.rows > map.size
    ? `${formatCount(map.rows)} rows in ${formatCount(map.size)} cells a side; a cell is the mean of its rows.`
    : `${formatCount(map.rows)} rows, one cell each.`;
  return map.sampled === null ? rows : `${rows} Sampled from ${formatCount(map.sampled)} rows.`;
}

function pairSummary(map: InfluencePicture, means: (number | null)[][]): string {
  const texts = map.groups.flatMap((from, i) =>
    map.groups.map((to, j) => {
      const mean = means[i]![j];
      return mean === null || mean === undefined ? '' : `${from.name} on ${to.name}: mean ${formatSigned(mean)}`;
    }),
  );
  return texts.filter((text) => text !== '').slice(0, 16).join('; ') + '.';
}

function groupAt(map: InfluencePicture, cell: number): string {
  return map.groups.find((group) => cell >= group.from && cell < group.to)?.name ?? '';
}

function rowsOfCell(map: InfluencePicture, cell: number): string {
  const from = Math.floor((cell * map.rows) / map.size) + 1;
  const to = Math.max(from, Math.floor(((cell + 1) * map.rows) / map.size));
  return from === to ? `row ${formatCount(from)} of the picture` : `rows ${formatCount(from)} to ${formatCount(to)} of the picture`;
}

function cellText(map: InfluencePicture, cells: Int8Array, [i, j]: [number, number]): string {
  const cell = cells[i * map.size + j]!;
  const value = (cell / 127) * map.scale;
  const size = Math.abs(cell) === 127 ? `${formatSigned(value)} or beyond` : formatSigned(value);
  const effect = cell === 0 ? 'hardly any influence' : cell < 0 ? 'helps' : 'harms';
  return `${groupAt(map, i)} (${rowsOfCell(map, i)}) on ${groupAt(map, j)} (${rowsOfCell(map, j)}): ${size}, ${effect}`;
}

function Names({ groups, size, side }: { groups: InfluencePicture['groups']; size: number; side: 'top' | 'left' }) {
  return (
    <>
      {groups.map((group) => {
        const start = (group.from / size) * 100;
        const length = ((group.to - group.from) / size) * 100;
        const text = length < 7 ? '' : group.name;
        const style = side === 'top'
          ? { top: '0', left: `calc(1.5rem + (100% - 1.5rem) * ${start / 100})`, width: `calc((100% - 1.5rem) * ${length / 100})` }
          : { left: '0', top: `calc(1.5rem + (100% - 1.5rem) * ${start / 100})`, height: `calc((100% - 1.5rem) * ${length / 100})` };
        return <span class={`heat-names on-${side}`} style={style} title={group.name} aria-hidden="true">{text}</span>;
      })}
    </>
  );
}
