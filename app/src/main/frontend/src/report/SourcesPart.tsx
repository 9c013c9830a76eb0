import { DataOf } from '../shared/ChartFigure';
import { formatCount, formatNumber, formatShare, formatSigned, uncapitalised } from '../shared/format';
import type { BlockSummary, Sources } from '../shared/types';
import { influenceColours, useDrawingTheme } from './InfluenceFigure';
import { MatrixTable, shareColour } from './MatrixTable';
import { groupInfluenceTitle } from './words';

/** Matrices with more columns stand below each other. */
const MOST_BESIDE = 4;

/** How the blocks fit the sources that are known, and what the sources do to each other. */
export function SourcesPart({ sources, blocks }: { sources: Sources; blocks: BlockSummary[] }) {
  const theme = useDrawingTheme();
  const used = sources.rowsOfBlockFromSource.map((_, block) => block).filter((block) => sources.rowsOfBlockFromSource[block]!.some((count) => count > 0));
  const nameOf = (block: number) => blocks.find((each) => each.block === block)?.name ?? `block ${block}`;
  const matched = sources.matches.filter((match) => match.source !== null);
  const agreement = agreementTitle(sources.adjustedRandIndex);
  // what chance does as well counts for nothing
  const clear = sources.influence.map((row, i) =>
    row.map((value, j) => (value !== null && Math.abs(value) < 2 * (sources.influenceChance[i]?.[j] ?? 0) ? 0 : value)));
  const influenceTold = groupInfluenceTitle(sources.names, clear, 'source');
  return (
    <>
      <figure class="chart">
        <figcaption>
          <h3>{agreement}</h3>
          <p>
            Adjusted Rand index {formatNumber(sources.adjustedRandIndex)} (0: as by chance, 1: the same), normalised mutual information{' '}
            {formatNumber(sources.normalisedMutualInformation)}. The sources were never used to find the blocks.
          </p>
        </figcaption>
        <MatrixTable
          caption="Rows of each block (down) by source (across); colour: share of the block"
          corner="Block"
          rows={used.map(nameOf)}
          columns={sources.names}
          cell={(row, column) => formatCount(sources.rowsOfBlockFromSource[used[row]!]![column])}
          colour={(row, column) => {
            const counts = sources.rowsOfBlockFromSource[used[row]!]!;
            const total = counts.reduce((sum, count) => sum + count, 0);
            return shareColour(total === 0 ? 0 : counts[column]! / total, theme);
          }}
        />
        {matched.length > 0 && (
          <ul class="sentences">
            {matched.map((match) => (
              <li key={match.block}>
                {nameOf(match.block)} matches {match.source}: {formatShare(match.precision)} of the block come from it (precision), {formatShare(match.recall)} of it are in the block (recall).
              </li>
            ))}
          </ul>
        )}
        <DataOf
          title={agreement}
          data={() => ({
            name: 'blocks-and-sources',
            columns: ['block', ...sources.names],
            rows: used.map((block) => [nameOf(block), ...sources.rowsOfBlockFromSource[block]!]),
          })}
        />
      </figure>
      <div class={sources.names.length > MOST_BESIDE ? 'stack' : 'pair'}>
        <SignedMatrix
          title={influenceTold ? `Beyond chance, ${uncapitalised(influenceTold)}` : 'Influence between sources'}
          note={`Influence: ${sources.influenceDirection}. In small: two standard deviations of what chance does.`}
          names={sources.names}
          values={sources.influence}
          chance={sources.influenceChance}
          caption="Influence of row on column: blue, below 0, helps; orange, above 0, harms"
          file="source-influence"
          theme={theme}
        />
        <SignedMatrix
          title={transferTitle(sources)}
          note={`Transfer: ${sources.transferDirection}.`}
          names={sources.names}
          values={sources.transfer}
          caption="Transfer from row to column: blue, below 0, serves it better; orange, above 0, worse"
          file="source-transfer"
          theme={theme}
        />
      </div>
    </>
  );
}

function agreementTitle(index: number): string {
  if (index >= 0.9) {
    return 'The blocks are almost exactly the known sources';
  }
  if (index >= 0.5) {
    return 'The blocks largely follow the known sources';
  }
  return index >= 0.1 ? 'The blocks follow the known sources in part' : 'The blocks have little to do with the known sources';
}

function transferTitle(sources: Sources): string {
  const better = sources.names.filter((_, index) => (sources.transfer[index]?.[index] ?? 0) < 0);
  if (better.length === sources.names.length) {
    return sources.names.length === 2 ? 'Both sources are served better by a model of their own' : 'Every source is served better by a model of its own';
  }
  return better.length === 0
    ? 'No source is served better by a model of its own than by one of all'
    : `${formatCount(better.length)} of ${formatCount(sources.names.length)} sources are served better by a model of their own`;
}

interface SignedMatrixProps {
  title: string;
  note: string;
  caption: string;
  names: string[];
  values: (number | null)[][];
  chance?: (number | null)[][];
  file: string;
  theme: 'light' | 'dark';
}

function SignedMatrix({ title, note, caption, names, values, chance, file, theme }: SignedMatrixProps) {
  const scale = Math.max(1e-12, ...values.flat().map((value) => Math.abs(value ?? 0)));
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <p>{note}</p>
      </figcaption>
      <MatrixTable
        caption={caption}
        corner="of … on"
        rows={names}
        columns={names}
        cell={(row, column) => {
          const value = values[row]?.[column];
          const random = chance?.[row]?.[column];
          return (
            <>
              {formatSigned(value)}
              {random !== null && random !== undefined && <small>± {formatNumber(2 * random, 2)}</small>}
            </>
          );
        }}
        colour={(row, column) => {
          const value = values[row]?.[column];
          return value === null || value === undefined ? undefined : influenceColours(value / scale, theme);
        }}
      />
      <DataOf
        title={title}
        data={() => ({
          name: file,
          columns: ['of', 'on', 'value', ...(chance ? ['standard deviation by chance'] : [])],
          rows: names.flatMap((from, row) => names.map((to, column) => [from, to, values[row]?.[column] ?? null, ...(chance ? [chance[row]?.[column] ?? null] : [])])),
        })}
      />
    </figure>
  );
}
