/** What two runs say about the same things, read from their run.json. */
import { formatCount, formatDuration, formatInterval, formatNumber, formatPoints, formatShare, formatShareInterval } from '../shared/format';
import { COMMAND_NAMES } from './parts';

type Json = Record<string, unknown>;

export interface ComparedLine {
  name: string;
  left: string;
  right: string;
  /** how far the right one is from the left one, in words; empty where they are the same */
  change: string;
  /** whether the measure does not tell the two apart */
  isChance: boolean;
  /** which way is the better one; empty where there is none */
  direction: string;
}

export interface ComparedGroup {
  title: string;
  lines: ComparedLine[];
}

const MODELS: Record<string, string> = {
  routedExperts: 'routed experts',
  routedExpertsWithSource: 'routed experts, source known',
  routedExpertsWithFewLabels: 'routed experts, 10 labels of the source',
  strongSingleModel: 'one strong model on everything',
  oneModel: 'one linear model on everything',
  oneModelPurified: 'one linear model on the purified set',
  bestExpert: 'best single expert',
  oracle: 'oracle that knows the source',
};

const HIGHER = 'higher is better';
const LOWER = 'lower is better';
const LESS_MIXED = 'lower: less mixed';

interface Metric {
  title: string;
  direction: string;
  isShare: boolean;
}

const METRICS: Record<string, Metric> = {
  accuracy: { title: 'Accuracy', direction: HIGHER, isShare: true },
  logLoss: { title: 'Log-loss', direction: LOWER, isShare: false },
  calibrationError: { title: 'Calibration error', direction: LOWER, isShare: true },
  rmse: { title: 'RMSE', direction: LOWER, isShare: false },
  r2: { title: 'R²', direction: HIGHER, isShare: false },
  logDensity: { title: 'Log-density', direction: HIGHER, isShare: false },
};

function at(json: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value !== null && typeof value === 'object' ? (value as Json)[key] : undefined), json);
}

function numberAt(json: unknown, ...path: (string | number)[]): number | null {
  const value = at(json, ...path);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function listAt(json: unknown, ...path: (string | number)[]): unknown[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}

function textLine(name: string, left: string | null, right: string | null): ComparedLine {
  return { name, left: left ?? '–', right: right ?? '–', change: left === right ? '' : 'changed', isChance: false, direction: '' };
}

function numberLine(name: string, left: number | null, right: number | null, format: (value: number | null) => string, direction = ''): ComparedLine {
  const texts = [format(left), format(right)] as const;
  let change = '';
  if (texts[0] !== texts[1]) {
    change = left === null || right === null ? 'changed' : `${right > left ? 'up' : 'down'} by ${(format === formatShare ? formatPoints : format)(Math.abs(right - left))}`;
  }
  return { name, left: texts[0], right: texts[1], change, isChance: false, direction };
}

function textAt(json: unknown, ...path: (string | number)[]): string | null {
  const value = at(json, ...path);
  return value === null || value === undefined ? null : String(value);
}

/** The lines of the comparison, in groups; lines that neither run knows anything about are left out. */
export function compareRecords(left: Json, right: Json): ComparedGroup[] {
  const both = <T>(read: (record: Json) => T): [T, T] => [read(left), read(right)];
  const data: ComparedGroup = {
    title: 'Data',
    lines: [
      textLine('Job', ...both((record) => COMMAND_NAMES[textAt(record, 'command') ?? ''] ?? textAt(record, 'command'))),
      numberLine('Rows', ...both((record) => numberAt(record, 'data', 'rows')), formatCount),
      numberLine('Features', ...both((record) => numberAt(record, 'data', 'features')), formatCount),
      textLine('Label', ...both((record) => textAt(record, 'data', 'label') || null)),
    ],
  };
  const kind: ComparedGroup = {
    title: 'How mixed it is',
    lines: [
      textLine('Verdict', ...both((record) => textAt(record, 'verdict'))),
      numberLine('V, variance of the influences', ...both((record) => numberAt(record, 'measures', 'potential') ?? numberAt(record, 'measures', 'potentialBefore')), formatNumber, LESS_MIXED),
      numberLine('V inside the blocks', ...both((record) => numberAt(record, 'measures', 'potentialWithin')), formatNumber, LESS_MIXED),
      numberLine('V of the kept rows', ...both((record) => numberAt(record, 'measures', 'potentialAfter')), formatNumber, LESS_MIXED),
      numberLine('V under permuted labels', ...both((record) => numberAt(record, 'measures', 'potentialPermuted')), formatNumber),
      numberLine('Wrong labels, or labels that nothing explains', ...both((record) => numberAt(record, 'wrongLabels', 'share') ?? numberAt(record, 'unexplained', 'share')), formatShare),
      numberLine('Rows taken out', ...both((record) => numberAt(record, 'measures', 'removedShare')), formatShare),
    ],
  };
  const counts = both((record) => listAt(record, 'blocks').length);
  const blocks: ComparedGroup = { title: 'Blocks', lines: [] };
  if (Math.max(...counts) > 0) {
    blocks.lines.push(numberLine('Blocks', counts[0], counts[1], formatCount));
    for (let block = 0; block < Math.max(...counts); block++) {
      const read = (name: string) => both((record) => numberAt(record, 'blocks', block, name));
      blocks.lines.push(numberLine(`Block ${block + 1}: share of the rows`, ...read('share'), formatShare));
      blocks.lines.push(numberLine(`Block ${block + 1}: V inside`, ...read('potential'), formatNumber, LESS_MIXED));
      blocks.lines.push(numberLine(`Block ${block + 1}: accuracy inside`, ...read('outOfFoldAccuracy'), formatShare, HIGHER));
    }
  }
  const prediction: ComparedGroup = { title: 'Prediction', lines: predictionLines(left, right) };
  const cost: ComparedGroup = {
    title: 'Time',
    lines: [numberLine('Time taken', ...both((record) => numberAt(record, 'timings', 'totalSeconds')), formatDuration)],
  };
  return [data, kind, blocks, prediction, cost]
    .map((group) => ({ ...group, lines: group.lines.filter((line) => line.left !== '–' || line.right !== '–') }))
    .filter((group) => group.lines.length > 0);
}

interface Measured {
  value: number;
  low: number;
  high: number;
}

function predictionLines(left: Json, right: Json): ComparedLine[] {
  const measure = (record: Json, model: string, metric: string): Measured | null => {
    const found = listAt(record, 'evaluation', 'models').find((entry) => at(entry, 'model') === model);
    const interval = at(found, 'measures', metric);
    return interval !== null && typeof interval === 'object' ? (interval as Measured) : null;
  };
  return Object.keys(MODELS).flatMap((model) =>
    Object.entries(METRICS).flatMap(([metric, { title, direction, isShare }]) => {
      const pair = [measure(left, model, metric), measure(right, model, metric)] as const;
      if (pair[0] === null && pair[1] === null) {
        return [];
      }
      const overlap = pair[0] !== null && pair[1] !== null && pair[0].low <= pair[1].high && pair[1].low <= pair[0].high;
      const line = numberLine(`${title} of ${MODELS[model]}`, pair[0]?.value ?? null, pair[1]?.value ?? null, isShare ? formatShare : formatNumber, direction);
      const format = isShare ? formatShareInterval : formatInterval;
      return [
        {
          ...line,
          left: format(pair[0]),
          right: format(pair[1]),
          isChance: line.change !== '' && overlap,
          change: line.change === '' ? '' : line.change + (overlap ? ' (within chance)' : ''),
        },
      ];
    }),
  );
}
