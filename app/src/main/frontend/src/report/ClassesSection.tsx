import * as Plot from '@observablehq/plot';
import { ChartFigure } from '../shared/ChartFigure';
import { brief, formatCount, formatShare, formatShareInterval, formatShareTick, plural } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, lookOf, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import { type Column, Table } from '../shared/Table';
import type { ClassRow, ClassTable } from '../shared/types';
import { marginFor, shortened } from './BlocksSection';
import { QualityHeader } from './QualityHeader';

const MOST_IN_CHART = 20;

/** How the classes are shared out, and how often each is recognised where nobody had seen the row. */
export function ClassesSection({ classes }: { classes: ClassTable }) {
  const isPredicted = classes.list.some((one) => one.recall !== null);
  return (
    <>
      <QualityHeader id="classes" title="Classes" found={classes.sentence} advice={classes.advice}>
        {isPredicted
          ? `Recall: of the rows labelled so, how many ${classes.given ? 'the given probabilities' : 'experts that had not seen them'} name. Labels are taken as they are, wrong ones too. The control: the recall of predictions that have nothing to do with the labels, which is the share of all rows that are predicted so.`
          : 'How many rows each class has. Nobody predicted them here, so that nothing is known of their recall.'}
      </QualityHeader>
      <SharesFigure classes={classes} isPredicted={isPredicted} />
      {classes.list.length > MOST_IN_CHART && (
        <Table caption={classes.list.length < classes.total ? `The largest and the smallest of ${formatCount(classes.total)} classes` : plural(classes.total, 'class', 'classes')} columns={columnsOf(isPredicted)} rows={classes.list} keyOf={(one) => one.name} searched={(one) => one.name} noun="class" />
      )}
    </>
  );
}

const standing = (one: ClassRow) =>
  [one.rare ? 'rare' : '', one.recall !== null && !(one.recall.low > (one.chance ?? 0)) ? 'not told from the others' : ''].filter((word) => word !== '').join(', ');

function columnsOf(isPredicted: boolean): Column<ClassRow>[] {
  const columns: Column<ClassRow>[] = [
    { key: 'name', title: 'Class', value: (one) => one.name },
    { key: 'rows', title: 'Rows', value: (one) => one.rows, show: (one) => formatCount(one.rows), number: true },
    { key: 'share', title: 'Share', value: (one) => one.share, show: (one) => formatShare(one.share), number: true },
  ];
  if (isPredicted) {
    columns.push(
      { key: 'recall', title: 'Recall', meaning: 'with its 95 % interval', value: (one) => one.recall?.value, show: (one) => formatShareInterval(one.recall), number: true },
      { key: 'chance', title: 'By chance', meaning: 'share of all rows that are predicted so', value: (one) => one.chance, show: (one) => formatShare(one.chance), number: true },
    );
  }
  columns.push({ key: 'standing', title: 'Which is', value: standing });
  return columns;
}

function titleOf(classes: ClassTable, isPredicted: boolean): string {
  const known = classes.list.filter((one) => one.recall !== null);
  if (!isPredicted || known.length === 0) {
    const first = classes.list[0]!;
    return `${brief(first.name)} has ${formatShare(first.share)} of the rows`;
  }
  if (known.every((one) => one.recall!.value === 1)) {
    return 'Every class is recognised in all of its rows';
  }
  const worst = known.reduce((low, one) => (one.recall!.value < low.recall!.value ? one : low));
  return `${brief(worst.name)} is recognised least: in ${formatShare(worst.recall!.value)} of its ${plural(worst.rows, 'row')}, against ${formatShare(worst.chance)} by chance`;
}

function SharesFigure({ classes, isPredicted }: { classes: ClassTable; isPredicted: boolean }) {
  const title = titleOf(classes, isPredicted);
  // of many the smallest are those that say something
  const list = classes.list.length <= MOST_IN_CHART ? classes.list : classes.list.slice(-MOST_IN_CHART);
  const recall = lookOf(0);
  const soft = { colour: 'var(--group-0)', corners: [] as [number, number][] };
  const textOf = (one: ClassRow) =>
    `${brief(one.name)}: ${plural(one.rows, 'row')} (${formatShare(one.share)})${one.recall ? `, recall ${formatShareInterval(one.recall)}, ${formatShare(one.chance)} by chance` : ''}${standing(one) === '' ? '' : `; ${standing(one)}`}`;
  return (
    <ChartFigure
      title={title}
      note={[
        isPredicted ? 'Lines are 95 % intervals of recall: of few rows they are wide.' : '',
        list.length < classes.list.length ? `The ${formatCount(list.length)} smallest classes; the table holds more.` : '',
      ].join(' ').trim()}
      legend={<Legend items={[
        { look: soft, kind: 'bar', text: 'share of the rows' },
        ...(isPredicted ? [{ look: recall, text: 'recall' }, { look: { colour: 'var(--ink)', corners: [] as [number, number][] }, kind: 'line' as const, text: 'recall by chance' }] : []),
      ]} />}
      data={() => ({
        name: 'classes',
        columns: ['class', 'rows', 'share', 'recall', 'low', 'high', 'by chance', 'which is'],
        rows: classes.list.map((one) => [one.name, one.rows, one.share, one.recall?.value, one.recall?.low, one.recall?.high, one.chance, standing(one)]),
      })}
    >
      <PlotBox
        label={`${title}. ${list.map(textOf).join('; ')}.`}
        inputs={[classes]}
        draw={(width) => {
          const names = list.map((one) => one.name);
          const known = list.filter((one) => one.recall !== null);
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 62 + list.length * 30,
            marginLeft: marginFor(names, width),
            x: { label: 'share →', labelArrow: 'none', domain: [0, isPredicted ? 1 : Math.max(...list.map((one) => one.share)) * 1.05], grid: true, ticks: ticksFor(width), tickFormat: formatShareTick },
            y: { type: 'band', domain: names, label: null, padding: 0.25, tickFormat: (name: string) => shortened(name, width) },
            marks: [
              Plot.barX(list, { y: 'name', x: 'share', fill: soft.colour, fillOpacity: 0.45 }),
              ...(isPredicted
                ? [
                    Plot.tickX(known, { y: 'name', x: 'chance', stroke: 'var(--ink)', strokeWidth: 2 }),
                    Plot.ruleY(known, { y: 'name', x1: (one: ClassRow) => one.recall!.low, x2: (one: ClassRow) => one.recall!.high, stroke: recall.colour, strokeWidth: 3, strokeLinecap: 'round' }),
                    Plot.dot(known, { y: 'name', x: (one: ClassRow) => one.recall!.value, r: 5.5, fill: recall.colour, symbol: symbolOf(recall) as Plot.SymbolType }),
                  ]
                : []),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: list.map((one) => ({ x: x.apply(one.recall?.value ?? one.share) as number, y: (y.apply(one.name) as number) + (y.bandwidth ?? 0) / 2, text: textOf(one) })),
          };
        }}
      />
    </ChartFigure>
  );
}
