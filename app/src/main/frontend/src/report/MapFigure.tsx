import * as Plot from '@observablehq/plot';
import { useState } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { Choice } from '../shared/Choice';
import { formatCount, formatNumber, formatShare, formatTick, listed, uncapitalised } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, type Look, lookOf, lookOfBlock, REMOVED, symbolOf } from '../shared/marks';
import { Picture } from '../shared/Picture';
import { PlotBox } from '../shared/Plot';
import type { DataSummary, Images, RowMap } from '../shared/types';
import { useSelect } from './Selection';

type Colouring = 'block' | 'label' | 'source';

interface Groups {
  names: string[];
  looks: Look[];
  of: (index: number) => number;
}

const STEPS = 5;

/** Rows on the plane of two principal components, coloured by group, label or source. */
export function MapFigure({ map, data, images, isRemoval }: { map: RowMap; data: DataSummary; images: Images | null; isRemoval: boolean }) {
  const [colouring, setColouring] = useState<Colouring>('block');
  const select = useSelect();
  const groups = groupsOf(map, data, colouring, isRemoval);
  const counts = groups.names.map((_, group) => map.x.reduce((sum, _x, index) => sum + (groups.of(index) === group ? 1 : 0), 0));
  const title = separationTitle(map, groups, colouring, isRemoval);
  const held = map.axes.reduce((sum, axis) => sum + axis.share, 0);
  const options = [
    { value: 'block' as const, text: isRemoval ? 'kept or removed' : 'block' },
    { value: 'label' as const, text: 'label' },
    ...(map.source ? [{ value: 'source' as const, text: 'source' }] : []),
  ];
  const named = (index: number) => `row ${map.row[index]!}: ${map.groups[map.block[index]!] ?? ''}, label ${labelText(map, data, index)}${map.source ? `, source ${map.sourceNames[map.source[index]!] ?? ''}` : ''}`;
  return (
    <ChartFigure
      title={title}
      note={
        <>
          {map.x.length < map.total ? `A sample of ${formatCount(map.x.length)} of ${formatCount(map.total)} rows` : `All ${formatCount(map.total)} rows`} on {map.method}; the two hold {formatShare(held)} of the variance.
          {' '}Groups that overlap here may still differ in other directions, or in their rule alone.
        </>
      }
      legend={<Legend items={groups.names.map((name, index) => ({ look: groups.looks[index]!, text: `${name} (${formatCount(counts[index])})` })).filter((_, index) => counts[index]! > 0)} />}
      data={() => ({
        name: 'map',
        columns: ['row', 'direction 1', 'direction 2', 'group', 'label', ...(map.source ? ['source'] : [])],
        rows: map.x.map((x, index) => [
          map.row[index], x, map.y[index], map.groups[map.block[index]!], labelText(map, data, index), ...(map.source ? [map.sourceNames[map.source[index]!]] : []),
        ]),
      })}
    >
      <div class="controls">
        <Choice title="Colour by" options={options} value={colouring} onChoose={setColouring} />
      </div>
      <PlotBox
        label={`Map of ${formatCount(map.x.length)} rows, coloured by ${colouring}. ${title}. ${groups.names.map((name, index) => `${name}: ${formatCount(counts[index])}`).join('; ')}.`}
        inputs={[map, colouring]}
        draw={(width) => {
          const indices = map.x.map((_, index) => index);
          const many = map.x.length > 1200;
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: Math.round(Math.min(520, Math.max(320, width * 0.62))),
            x: { label: axisLabel(map, 0), labelAnchor: 'center', labelArrow: 'none', ticks: ticksFor(width), grid: true, nice: true, tickFormat: formatTick },
            y: { label: axisLabel(map, 1), labelArrow: 'none', ticks: 6, grid: true, nice: true, tickFormat: formatTick },
            // small groups on top of large ones
            marks: groups.names.map((_, group) => group).sort((a, b) => counts[b]! - counts[a]!).map((group) =>
              Plot.dot(indices.filter((index) => groups.of(index) === group), {
                x: (index: number) => map.x[index],
                y: (index: number) => map.y[index],
                fill: groups.looks[group]!.colour,
                fillOpacity: many ? 0.6 : 0.75,
                r: many ? 2.6 : 3.6,
                symbol: symbolOf(groups.looks[group]!) as Plot.SymbolType,
              })),
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: indices
              .map((index) => ({
                x: x.apply(map.x[index]) as number,
                y: y.apply(map.y[index]) as number,
                text: named(index),
                onPick: () => select({ title: `Row ${map.row[index]!}`, rows: [map.row[index]!], total: 1 }),
                content: () => <RowAt text={named(index)} images={images} image={map.image?.[index] ?? -1} />,
              }))
              .sort((a, b) => a.x - b.x),
          };
        }}
      />
      {map.axes.some((axis) => axis.features.length > 0) && (
        <ul class="sentences">
          {map.axes.map((axis, index) => axis.features.length > 0 && (
            <li key={index}>
              {index === 0 ? 'Across' : 'Up and down'} ({formatShare(axis.share)} of the variance), mostly {listed(axis.features)}.
            </li>
          ))}
        </ul>
      )}
    </ChartFigure>
  );
}

/** Whether the groups lie apart on the map, by the share of the variance along each direction that lies between groups. */
function separationTitle(map: RowMap, groups: Groups, colouring: Colouring, isRemoval: boolean): string {
  const who = { block: isRemoval ? 'Kept and removed rows' : 'The blocks', label: 'The labels', source: 'The sources' }[colouring];
  const members = groups.names.map((_, group) => map.x.map((_x, index) => index).filter((index) => groups.of(index) === group));
  if (members.filter((group) => group.length > 0).length < 2) {
    return 'All rows are of one group';
  }
  const between = [map.x, map.y].map((values) => betweenShare(values, members));
  const strongest = between[0]! >= between[1]! ? 0 : 1;
  const direction = strongest === 0 ? 'from left to right' : 'from bottom to top';
  if (between[strongest]! < 0.05) {
    return `${who} lie on top of each other in these two directions`;
  }
  if (between[strongest]! >= 0.5 && members.filter((group) => group.length > 0).length === 2) {
    return `${who} lie apart ${direction}`;
  }
  return `${formatShare(between[strongest])} of the spread ${direction} lies between ${uncapitalised(who)}`;
}

function betweenShare(values: number[], members: number[][]): number {
  const all = members.flat();
  const mean = (indices: number[]) => indices.reduce((sum, index) => sum + values[index]!, 0) / indices.length;
  const centre = mean(all);
  const total = all.reduce((sum, index) => sum + (values[index]! - centre) ** 2, 0);
  const between = members.reduce((sum, group) => sum + (group.length === 0 ? 0 : group.length * (mean(group) - centre) ** 2), 0);
  return total > 0 ? between / total : 0;
}

function RowAt({ text, images, image }: { text: string; images: Images | null; image: number }) {
  return (
    <div class="row-name">
      {images && image >= 0 && <Picture images={images} index={image} size={72} text={text} />}
      <span>{text}</span>
    </div>
  );
}

function axisLabel(map: RowMap, index: number): string {
  const axis = map.axes[index];
  return axis ? `direction ${index + 1}: ${formatShare(axis.share)} of the variance` : '';
}

function labelText(map: RowMap, data: DataSummary, index: number): string {
  const label = map.label[index];
  if (label === null || label === undefined) {
    return 'unknown';
  }
  return data.task === 'classification' ? data.classes[label] ?? String(label) : formatNumber(label);
}

function groupsOf(map: RowMap, data: DataSummary, colouring: Colouring, isRemoval: boolean): Groups {
  if (colouring === 'source' && map.source) {
    return { names: map.sourceNames, looks: map.sourceNames.map((_, index) => lookOf(index)), of: (index) => map.source![index]! };
  }
  if (colouring === 'label' && data.task === 'classification') {
    return { names: data.classes, looks: data.classes.map((_, index) => lookOf(index)), of: (index) => map.label[index] ?? -1 };
  }
  if (colouring === 'label') {
    return stepsOf(map);
  }
  const looks = map.groups.map((_, group) => (isRemoval ? (group === 0 ? REMOVED : lookOf(0)) : lookOfBlock(group)));
  return { names: map.groups, looks, of: (index) => map.block[index]! };
}

/** Numbers as five steps between the smallest and the largest label, the outer fiftieth cut off. */
function stepsOf(map: RowMap): Groups {
  const sorted = map.label.filter((label): label is number => label !== null).sort((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length * 0.02)] ?? 0;
  const high = sorted[Math.ceil(sorted.length * 0.98) - 1] ?? 1;
  const width = (high - low) / STEPS || 1;
  const names = Array.from({ length: STEPS }, (_, step) =>
    step === 0
      ? `label up to ${formatNumber(low + width)}`
      : step === STEPS - 1 ? `above ${formatNumber(low + step * width)}` : `to ${formatNumber(low + (step + 1) * width)}`);
  const looks = names.map((_, step) => ({ ...lookOf(step), colour: `var(--step-${step})` }));
  return {
    names,
    looks,
    of: (index) => {
      const label = map.label[index];
      return label === null || label === undefined ? -1 : Math.max(0, Math.min(STEPS - 1, Math.floor((label - low) / width)));
    },
  };
}
