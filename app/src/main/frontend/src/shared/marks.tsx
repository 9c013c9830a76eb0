import type { ComponentChildren } from 'preact';

/** Colours and shapes of groups: both differ, so that neither is needed to tell groups apart. */

const COLOURS = 8;

/** Corners in units of half the width of a square of the same visual weight; a circle has none. */
const SHAPES: { corners: [number, number][] }[] = [
  { corners: [] },
  { corners: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]] },
  { corners: [[0, -1.25], [1.2, 0.85], [-1.2, 0.85]] },
  { corners: [[0, -1.35], [1.2, 0], [0, 1.35], [-1.2, 0]] },
  { corners: [[0, 1.25], [1.2, -0.85], [-1.2, -0.85]] },
  { corners: plus(0.42, 1.25) },
  { corners: star(5, 1.45, 0.62) },
  { corners: star(3, 1.25, 1.25) },
  { corners: star(4, 1.5, 0.55) },
];
const CROSS = { corners: turned(plus(0.36, 1.3)) };

function plus(inner: number, outer: number): [number, number][] {
  return [
    [-inner, -outer], [inner, -outer], [inner, -inner], [outer, -inner], [outer, inner], [inner, inner],
    [inner, outer], [-inner, outer], [-inner, inner], [-outer, inner], [-outer, -inner], [-inner, -inner],
  ];
}

function star(points: number, outer: number, inner: number): [number, number][] {
  return Array.from({ length: points * 2 }, (_, index) => {
    const angle = (Math.PI * index) / points - Math.PI / 2;
    const radius = index % 2 === 0 ? outer : inner;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function turned(corners: [number, number][]): [number, number][] {
  return corners.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);
}

export interface Look {
  colour: string;
  corners: [number, number][];
}

/** Group 0 is what nothing explains: grey and a cross; the others have colours and shapes. */
export function lookOfBlock(block: number): Look {
  return block === 0 ? { colour: 'var(--group-0)', corners: CROSS.corners } : lookOf(block - 1);
}

/** Class, source or series number so and so, from 0. */
export function lookOf(index: number): Look {
  return { colour: `var(--group-${(index % COLOURS) + 1})`, corners: SHAPES[index % SHAPES.length]!.corners };
}

/** What left: orange and a cross. */
export const REMOVED: Look = { colour: 'var(--group-2)', corners: CROSS.corners };

/** The shape for Observable Plot, whose sizes are areas. */
export function symbolOf(look: Look) {
  return {
    draw(context: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void; closePath(): void; arc(x: number, y: number, radius: number, from: number, to: number): void }, size: number) {
      const radius = Math.sqrt(size / Math.PI);
      if (look.corners.length === 0) {
        context.moveTo(radius, 0);
        context.arc(0, 0, radius, 0, 2 * Math.PI);
        return;
      }
      look.corners.forEach(([x, y], index) => (index === 0 ? context.moveTo(x * radius, y * radius) : context.lineTo(x * radius, y * radius)));
      context.closePath();
    },
  };
}

type SwatchKind = 'shape' | 'line' | 'dashed' | 'dotted' | 'bar';

export function Swatch({ look, kind = 'shape' }: { look: Look; kind?: SwatchKind }) {
  const points = look.corners.map(([x, y]) => `${7 + x * 4.2},${7 + y * 4.2}`).join(' ');
  if (kind === 'bar') {
    return <svg width="14" height="14" aria-hidden="true"><rect width="14" height="14" rx="2" fill={look.colour} /></svg>;
  }
  if (kind !== 'shape') {
    return (
      <svg width="24" height="14" aria-hidden="true">
        <line x1="0" x2="24" y1="7" y2="7" stroke={look.colour} stroke-width="2.5" stroke-dasharray={kind === 'dashed' ? '5 3' : kind === 'dotted' ? '2 4' : undefined} />
      </svg>
    );
  }
  return (
    <svg width="14" height="14" aria-hidden="true">
      {look.corners.length === 0 ? <circle cx="7" cy="7" r="4.4" fill={look.colour} /> : <polygon points={points} fill={look.colour} />}
    </svg>
  );
}

/** The legend of a chart, in words. */
export function Legend({ items }: { items: { look: Look; kind?: SwatchKind; text: ComponentChildren }[] }) {
  return (
    <ul class="legend">
      {items.map((item) => (
        <li>
          <Swatch look={item.look} kind={item.kind} />
          <span>{item.text}</span>
        </li>
      ))}
    </ul>
  );
}
