import * as Plot from '@observablehq/plot';
import { useState } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { Choice } from '../shared/Choice';
import { brief, capitalised, formatCount, formatNumber, formatShare, formatShareTick, formatSigned, formatTick, plural } from '../shared/format';
import { FRAME, ticksFor } from '../shared/LineChart';
import { Legend, lookOf, lookOfBlock, Swatch, symbolOf } from '../shared/marks';
import { PlotBox } from '../shared/Plot';
import type { BlockSummary, Blocks, ReportData } from '../shared/types';
import { MapFigure } from './MapFigure';
import { RulesFigure } from './RulesFigure';
import { SourcesPart } from './SourcesPart';
import { knownRows, rowsOfGroup, useSelect } from './Selection';
import { candidateName, evidenceTitle } from './words';
import { Scroller } from '../shared/Scroller';

/** The blocks: how large, how well explained, what tells them apart, where they lie, and how they fit what is known. */
export function BlocksSection({ blocks, data }: { blocks: Blocks; data: ReportData }) {
  const shown = blocks.list.filter((block) => block.size > 0);
  const distinct = shown.filter((block) => block.distinctions.length > 0);
  return (
    <>
      <header>
        <h2 id="blocks-title">Blocks</h2>
        <p class="soft">Rows of a block follow one rule from features to label.{shown.some((block) => block.block === 0) && ' Labels that no block explains stand by themselves: in rows.csv they are block 0.'}</p>
      </header>
      {shown.length > 0 && <SizesFigure blocks={shown} data={data} />}
      <div class="pair">
        {shown.some((block) => block.classBalance) && shown.length > 1 && <BalanceFigure blocks={shown} classes={data.data.classes} />}
        {distinct.length > 0 && <DistinctionsFigure blocks={distinct} />}
      </div>
      <RulesFigure groups={blocks.list} fileName="rules" />
      {blocks.rulesNote && <p class="soft">{blocks.rulesNote}</p>}
      {blocks.evidence.filter((candidate) => Number.isFinite(candidate.evidence)).length > 1 && <EvidenceFigure blocks={blocks} data={data} />}
      {data.map && <MapFigure map={data.map} data={data.data} images={data.images} isRemoval={false} />}
      {blocks.sources && <SourcesPart sources={blocks.sources} blocks={blocks.list} />}
    </>
  );
}

/** The name of a block, which leads to its rows. */
function BlockName({ block, data }: { block: BlockSummary; data: ReportData }) {
  const select = useSelect();
  return (
    <button type="button" class="link with-swatch" onClick={() => select({ title: capitalised(block.name), rows: rowsOfGroup(data, block.name), total: block.size })}>
      <Swatch look={lookOfBlock(block.block)} />
      {block.name}
    </button>
  );
}

function SizesFigure({ blocks, data }: { blocks: BlockSummary[]; data: ReportData }) {
  const largest = blocks.reduce((best, block) => (block.size > best.size ? block : best), blocks[0]!);
  const title = blocks.length === 1
    ? `All rows are in one block`
    : `${capitalised(largest.name)} is the largest: ${formatCount(largest.size)} of ${plural(data.data.rows, 'row')}`;
  const isNumber = data.data.task === 'regression';
  const has = (value: (block: BlockSummary) => unknown) => blocks.some((block) => value(block) !== null);
  const columns: { title: string; has: boolean; text: (block: BlockSummary) => string; raw: (block: BlockSummary) => number | string | null }[] = [
    { title: 'V inside', has: has((block) => block.potential), text: (block) => formatNumber(block.potential), raw: (block) => block.potential },
    { title: 'predicted right', has: has((block) => block.accuracy), text: (block) => formatShare(block.accuracy), raw: (block) => block.accuracy },
    { title: isNumber ? '− log-density' : 'log-loss', has: has((block) => block.logLoss), text: (block) => formatNumber(block.logLoss), raw: (block) => block.logLoss },
    { title: `mean ${data.data.label || 'label'}`, has: has((block) => block.meanTarget), text: (block) => formatNumber(block.meanTarget), raw: (block) => block.meanTarget },
  ];
  const used = columns.filter((column) => column.has);
  const hasSource = has((block) => block.source);
  const hasNote = blocks.some((block) => block.note);
  return (
    <ChartFigure
      title={title}
      note={[
        'A row counts for its most probable block; the estimated share is the mean probability of the block over all rows.',
        'How well labels are predicted is told by experts that had not seen the row.',
        'The name of a block shows its rows.',
      ].join(' ')}
      data={() => ({
        name: 'blocks',
        columns: ['block', 'rows', 'estimated share', ...used.map((column) => column.title), ...(hasSource ? ['source'] : [])],
        rows: blocks.map((block) => [block.name, block.size, block.share, ...used.map((column) => column.raw(block)), ...(hasSource ? [block.source] : [])]),
      })}
    >
      <Scroller label="Sizes of the blocks">
        <table>
          <thead>
            <tr>
              <th scope="col">Block</th>
              <th scope="col" class="number">Rows</th>
              <th scope="col" title="mean probability of the block over all rows">Estimated share</th>
              {used.map((column) => <th scope="col" class="number">{column.title}</th>)}
              {hasSource && <th scope="col">matches source</th>}
              {hasNote && <th scope="col">Note</th>}
            </tr>
          </thead>
          <tbody>
            {blocks.map((block) => (
              <tr key={block.block}>
                <th scope="row"><BlockName block={block} data={data} /></th>
                <td class="number">{formatCount(block.size)}</td>
                <td>
                  <div class="share-cell">
                    <span>{formatShare(block.share)}</span>
                    <div class="share-bar" style={{ width: `${Math.min(100, block.share * 100)}%`, background: lookOfBlock(block.block).colour }} />
                  </div>
                </td>
                {used.map((column) => <td class="number">{column.text(block)}</td>)}
                {hasSource && <td class="text">{block.source ?? '–'}</td>}
                {hasNote && <td class="text wraps">{block.note ?? ''}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </ChartFigure>
  );
}

type Candidate = Blocks['evidence'][number];

const MOST_CLASSES = 12;

function BalanceFigure({ blocks, classes }: { blocks: BlockSummary[]; classes: string[] }) {
  const total = (name: string) => blocks.reduce((sum, block) => sum + block.size * (block.classBalance?.[name] ?? 0), 0);
  const shown = classes.length <= MOST_CLASSES ? classes : [...classes].sort((a, b) => total(b) - total(a)).slice(0, MOST_CLASSES);
  const cells = blocks.filter((block) => block.classBalance).flatMap((block) =>
    shown.map((name) => ({ name, block, share: block.classBalance![name] ?? null })));
  const gaps = shown.map((name) => {
    const shares = cells.filter((cell) => cell.name === name && cell.share !== null).map((cell) => cell.share!);
    return { name, gap: Math.max(...shares) - Math.min(...shares), low: Math.min(...shares), high: Math.max(...shares) };
  });
  const widest = gaps.reduce((best, gap) => (gap.gap > best.gap ? gap : best), gaps[0]!);
  const title = `The share of label ${brief(widest.name)} differs most between blocks: ${formatShare(widest.low)} to ${formatShare(widest.high)}`;
  return (
    <ChartFigure
      title={title}
      note={`The share of each label inside each block${shown.length < classes.length ? `; the ${shown.length} most frequent of ${formatCount(classes.length)} labels` : ''}.`}
      legend={<Legend items={blocks.map((block) => ({ look: lookOfBlock(block.block), text: block.name }))} />}
      data={() => ({ name: 'class-balance', columns: ['label', 'block', 'share of the block'], rows: cells.map((cell) => [cell.name, cell.block.name, cell.share]) })}
    >
      <PlotBox
        label={`${title}.`}
        inputs={[blocks]}
        draw={(width) => {
          const known = cells.filter((cell) => cell.share !== null);
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 62 + shown.length * 26,
            marginLeft: marginFor(shown, width),
            x: { label: 'share of the block →', domain: [0, Math.max(...known.map((cell) => cell.share!)) * 1.05], grid: true, ticks: ticksFor(width), tickFormat: formatShareTick },
            y: { type: 'point', domain: shown, label: null, tickFormat: (name: string) => shortened(name, width) },
            marks: [
              Plot.ruleY(gaps, { y: 'name', x1: 'low', x2: 'high', stroke: 'var(--line-strong)', strokeWidth: 1.5 }),
              ...blocks.map((block) =>
                Plot.dot(known.filter((cell) => cell.block === block), { x: 'share', y: 'name', r: 5, fill: lookOfBlock(block.block).colour, symbol: symbolOf(lookOfBlock(block.block)) as Plot.SymbolType })),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: known.map((cell) => ({ x: x.apply(cell.share) as number, y: y.apply(cell.name) as number, text: `label ${cell.name} in ${cell.block.name}: ${formatShare(cell.share)}` })),
          };
        }}
      />
    </ChartFigure>
  );
}

/** Room for names on the left, and the names cut to it. */
export function marginFor(names: string[], width: number): number {
  const longest = Math.max(...names.map((name) => name.length));
  return Math.min(Math.max(50, longest * 7 + 14), Math.max(90, width * 0.36));
}

export function shortened(name: string, width: number): string {
  return brief(name, Math.max(10, Math.floor((width * 0.36 - 14) / 7)));
}

const MOST_DISTINCTIONS = 8;

function DistinctionsFigure({ blocks }: { blocks: BlockSummary[] }) {
  const [chosen, setChosen] = useState(blocks[0]!.block);
  const block = blocks.find((candidate) => candidate.block === chosen) ?? blocks[0]!;
  const list = [...block.distinctions].sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)).slice(0, MOST_DISTINCTIONS);
  const first = list[0]!;
  const title = `${brief(first.feature)} tells ${block.name} apart most: ${formatNumber(Math.abs(first.difference))} standard deviations ${first.difference > 0 ? 'higher' : 'lower'} inside than outside`;
  return (
    <ChartFigure
      title={title}
      note="Mean inside the block minus mean outside, in standard deviations of the feature; lines are 95 % intervals. Features far from 0 are what a router can go by."
      data={() => ({
        name: 'distinctions',
        columns: ['block', 'feature', 'mean inside', 'mean outside', 'difference in standard deviations', 'standard error'],
        rows: blocks.flatMap((each) => each.distinctions.map((row) => [each.name, row.feature, row.inside, row.outside, row.difference, row.standardError])),
      })}
    >
      {blocks.length > 1 && (
        <div class="controls">
          <Choice title="Block" options={blocks.map((each) => ({ value: each.block, text: each.name }))} value={block.block} onChoose={setChosen} />
        </div>
      )}
      <PlotBox
        label={`${title}. ${list.map((row) => `${row.feature}: ${formatSigned(row.difference)}`).join('; ')}.`}
        inputs={[block]}
        draw={(width) => {
          const names = list.map((row) => row.feature);
          const look = lookOfBlock(block.block);
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 64 + list.length * 30,
            marginLeft: marginFor(names, width),
            x: { label: 'difference in standard deviations →', grid: true, ticks: ticksFor(width), nice: true, tickFormat: (value: number) => formatSigned(value) },
            y: { type: 'point', domain: names, label: null, tickFormat: (name: string) => shortened(name, width) },
            marks: [
              Plot.ruleX([0], { stroke: 'var(--ink)' }),
              Plot.ruleY(list, { y: 'feature', x1: (row: { difference: number; standardError: number }) => row.difference - 1.96 * row.standardError, x2: (row: { difference: number; standardError: number }) => row.difference + 1.96 * row.standardError, stroke: look.colour, strokeWidth: 3 }),
              Plot.dot(list, { y: 'feature', x: 'difference', r: 5.5, fill: look.colour, symbol: symbolOf(look) as Plot.SymbolType }),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: list.map((row) => ({
              x: x.apply(row.difference) as number,
              y: y.apply(row.feature) as number,
              text: `${row.feature}: mean ${formatNumber(row.inside)} inside, ${formatNumber(row.outside)} outside, ${formatSigned(row.difference)} standard deviations (standard error ${formatNumber(row.standardError, 2)})`,
            })),
          };
        }}
      />
    </ChartFigure>
  );
}

function EvidenceFigure({ blocks, data }: { blocks: Blocks; data: ReportData }) {
  const select = useSelect();
  const known = [...knownRows(data).keys()].sort((a, b) => a - b);
  // one line for each model: what differs only in gate or view is told apart by its place on the line
  const list = blocks.evidence.filter((candidate) => Number.isFinite(candidate.evidence));
  const best = list.reduce((found, candidate) => (candidate.behind < found.behind ? candidate : found), list[0]!);
  const title = evidenceTitle(blocks);
  const names = [...new Set([...list].sort((a, b) => a.blocks - b.blocks || Number(a.unexplained) - Number(b.unexplained)).map(candidateName))];
  const gates = [...new Set(list.map((candidate) => candidate.gate))];
  const views = [...new Set(list.map((candidate) => candidate.view))];
  const kinds = [...new Set(list.map((candidate) => kindOf(candidate)))];
  function kindOf(candidate: Candidate): string {
    const gate = candidate.gate === 'features' ? 'shares depend on the features' : candidate.gate === 'constant' ? 'constant shares' : candidate.gate;
    return [gates.length > 1 ? gate : '', views.length > 1 ? `${candidate.view} experts` : ''].filter((part) => part !== '').join(', ') || 'candidate';
  }
  return (
    <ChartFigure
      title={title}
      note={`How well each number of blocks predicts labels of rows that it never saw (${blocks.evidenceUnit}). Lines: one standard error of the distance to the best. A block more has to win by three nats in all and by one standard error (a quarter of one for several blocks against one); wrong labels, those that nothing explains, by three standard errors, or half a one where they are checked again. The best point leads to the rows and the block that each was given.`}
      legend={kinds.length > 1 ? <Legend items={kinds.map((kind, index) => ({ look: lookOf(index), text: kind }))} /> : undefined}
      data={() => ({
        name: 'evidence',
        columns: ['blocks', 'and wrong labels', 'experts', 'shares of the blocks', 'evidence (nats per row)', 'behind the best', 'standard error'],
        rows: list.map((candidate) => [candidate.blocks, candidate.unexplained ? 'yes' : 'no', candidate.view, candidate.gate, candidate.evidence, candidate.behind, candidate.standardError]),
      })}
    >
      <PlotBox
        label={`${title}. ${list.map((candidate) => `${candidateName(candidate)}: ${formatNumber(candidate.evidence)}`).join('; ')}.`}
        inputs={[blocks]}
        draw={(width) => {
          const chart = Plot.plot({
            ...FRAME,
            width,
            height: 62 + names.length * 30,
            marginLeft: marginFor(names, width),
            x: { label: width < 480 ? 'nats per row; higher is better →' : 'held-out log-likelihood, nats per row; higher is better →', grid: true, ticks: ticksFor(width), nice: true, tickFormat: formatTick },
            y: { type: 'point', domain: names, label: null, tickFormat: (name: string) => shortened(name, width) },
            marks: [
              Plot.ruleX([best.evidence], { stroke: 'var(--ink-soft)', strokeDasharray: '3 4' }),
              Plot.ruleY(list, { y: candidateName, x1: (candidate: Candidate) => candidate.evidence - candidate.standardError, x2: (candidate: Candidate) => candidate.evidence + candidate.standardError, stroke: 'var(--ink-soft)', strokeWidth: 2 }),
              ...list.map((candidate) => {
                const look = lookOf(kinds.indexOf(kindOf(candidate)));
                return Plot.dot([candidate], { y: candidateName, x: 'evidence', r: candidate === best ? 7 : 5, fill: look.colour, stroke: candidate === best ? 'var(--ink)' : 'none', strokeWidth: 1.5, symbol: symbolOf(look) as Plot.SymbolType });
              }),
            ],
          });
          const x = chart.scale('x')!;
          const y = chart.scale('y')!;
          return {
            elements: [chart],
            points: list.map((candidate) => ({
              x: x.apply(candidate.evidence) as number,
              y: y.apply(candidateName(candidate)) as number,
              onPick: candidate === best ? () => select({ title: `Rows as ${candidateName(candidate)} divide them`, rows: known, total: data.data.rows }) : undefined,
              text: `${candidateName(candidate)}${kinds.length > 1 ? `, ${kindOf(candidate)}` : ''}: ${formatNumber(candidate.evidence)} nats per row, ${candidate === best ? 'the best' : `${formatNumber(candidate.behind)} behind the best (standard error ${formatNumber(candidate.standardError, 2)})`}`,
            })),
          };
        }}
      />
    </ChartFigure>
  );
}
