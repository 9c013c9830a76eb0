/** Titles that say what is to be seen, made from the numbers and from nothing else. */
import { brief, formatNumber, formatShare, listed, plural } from '../shared/format';
import type { Blocks, Heterogeneity, Interval, NamedConfusion } from '../shared/types';

/** Where V stands between its two ends, and what came of it. */
export function scaleTitle(heterogeneity: Heterogeneity): string {
  const { potential, after, homogeneous, permuted, afterMeaning } = heterogeneity;
  const place = placeOf(potential!, homogeneous, permuted);
  if (after === null || formatNumber(after) === formatNumber(potential)) {
    return `V is ${formatNumber(potential)}${place === '' ? '' : ', ' + place}`;
  }
  const change = after < potential! ? 'falls' : 'rises';
  return `V ${change} from ${formatNumber(potential)}${place === '' ? '' : ` (${place})`} to ${formatNumber(after)} ${afterMeaning.replace(/^of /, 'for ')}`;
}

type Draws = { mean: number; deviation: number; draws: number } | null;

function placeOf(potential: number, homogeneous: Draws, permuted: Draws): string {
  if (homogeneous && permuted && permuted.mean > homogeneous.mean) {
    if (Math.abs(potential - homogeneous.mean) <= 2 * homogeneous.deviation) {
      return 'as one rule would make it';
    }
    if (Math.abs(potential - permuted.mean) <= 2 * permuted.deviation) {
      return 'as shuffled labels would make it';
    }
    const share = (potential - homogeneous.mean) / (permuted.mean - homogeneous.mean);
    if (share < 0) {
      return `below the ${formatNumber(homogeneous.mean)} of one rule`;
    }
    if (share > 1) {
      return `above the ${formatNumber(permuted.mean)} of shuffled labels`;
    }
    return `${formatShare(share)} of the way from one rule to shuffled labels`;
  }
  if (permuted && permuted.mean > 0) {
    return `against ${formatNumber(permuted.mean)} under shuffled labels`;
  }
  return homogeneous ? `against ${formatNumber(homogeneous.mean)} for labels of one rule` : '';
}

/** How many pairs help and harm each other; what shares a bin with nought counts for neither, where that is much. */
export function distributionTitle(histogram: NonNullable<Heterogeneity['histogram']>): string {
  let helps = histogram.below;
  let harms = histogram.above;
  let between = 0;
  histogram.shares.forEach((share, index) => {
    const from = histogram.low + index * histogram.width;
    const to = from + histogram.width;
    if (to <= 0) {
      helps += share;
    } else if (from >= 0) {
      harms += share;
    } else {
      between += share;
    }
  });
  if (between > 0.1) {
    return `${formatShare(between)} of the pairs of rows hardly influence each other; ${formatShare(helps)} help, ${formatShare(harms)} harm`;
  }
  if (Math.abs(helps - harms) <= 0.04 + between) {
    return 'About as many pairs of rows help each other as harm each other';
  }
  return helps > harms
    ? `More pairs of rows help each other (${formatShare(helps)}) than harm each other (${formatShare(harms)})`
    : `More pairs of rows harm each other (${formatShare(harms)}) than help each other (${formatShare(helps)})`;
}

/** Skewness and kurtosis in words. */
export function momentSentences(moments: NonNullable<Heterogeneity['moments']>): string[] {
  const sentences: string[] = [];
  const { skewness, skewnessError, excessKurtosis, excessKurtosisError } = moments;
  if (Math.abs(skewness) > Math.max(0.5, 2 * skewnessError)) {
    sentences.push(
      skewness > 0
        ? 'The long tail is on the harming side: a few pairs harm much more than any pair helps.'
        : 'The long tail is on the helping side: a few pairs help much more than any pair harms.',
    );
  } else {
    sentences.push('Helping and harming reach about equally far.');
  }
  if (excessKurtosis > Math.max(1, 2 * excessKurtosisError)) {
    sentences.push('The tails are heavier than those of a normal distribution: a small part of the pairs carries much of V.');
  }
  if (excessKurtosis < -Math.max(0.5, 2 * excessKurtosisError)) {
    sentences.push('The tails are lighter than those of a normal distribution.');
  }
  return sentences;
}

/** What the means of the groups on each other say; null where there is nothing to tell apart. means[i][j]: of i on j. */
export function groupInfluenceTitle(names: string[], means: (number | null)[][], noun = 'group'): string | null {
  if (names.length < 2) {
    return null;
  }
  const own = means.map((row, index) => row[index] ?? null);
  const others = means.flatMap((row, i) => row.filter((_, j) => i !== j));
  const helpThemselves = names.filter((_, index) => own[index] !== null && own[index]! < 0);
  const harming = others.filter((value) => value !== null && value > 0).length;
  const known = others.filter((value) => value !== null).length;
  const self =
    helpThemselves.length === names.length
      ? names.length === 2 ? `Both ${noun}s help themselves` : `All ${names.length} ${noun}s help themselves`
      : helpThemselves.length === 0
        ? `No ${noun} helps itself`
        : helpThemselves.length <= 3
          ? `Only ${listed(helpThemselves.map((name) => `“${brief(name)}”`))} ${helpThemselves.length === 1 ? 'helps itself' : 'help themselves'}`
          : `${helpThemselves.length} of ${names.length} ${noun}s help themselves`;
  if (known === 0) {
    return self;
  }
  const cross =
    harming === known
      ? names.length === 2 ? 'and harm each other' : 'and harm all others'
      : harming === 0
        ? 'and none harms another'
        : `; ${harming} of ${known} directed pairs of ${noun}s harm`;
  if (helpThemselves.length !== names.length && !cross.startsWith(';')) {
    return harming === known ? `${self}; each ${noun} harms the others` : `${self}; none harms another`;
  }
  return cross.startsWith(';') ? self + cross : `${self} ${cross}`;
}

/** Whether an interval of a difference leaves nought out, and on which side. */
export function sideOf(difference: Interval | undefined): 'above' | 'below' | 'open' {
  if (!difference || !Number.isFinite(difference.low) || !Number.isFinite(difference.high)) {
    return 'open';
  }
  if (difference.low > 0) {
    return 'above';
  }
  return difference.high < 0 ? 'below' : 'open';
}

/** The most frequent mistake among labels; there is at least one. */
export function confusionsTitle(confusions: NamedConfusion[]): string {
  const first = confusions[0]!;
  return `${formatShare(first.share)} of the rows that are “${brief(first.from)}” are labelled “${brief(first.to)}”${confusions.length > 1 ? ', the most frequent mistake' : ''}`;
}

type Candidate = Blocks['evidence'][number];

/** "2 blocks and wrong labels": what a candidate consists of, whatever its experts and shares are like. */
export function candidateName(candidate: Pick<Candidate, 'blocks' | 'unexplained'>): string {
  return `${plural(candidate.blocks, 'block')}${candidate.unexplained ? ' and wrong labels' : ''}`;
}

/** Which candidate was chosen, and how it stands to the best of the others on labels never seen. */
export function evidenceTitle(blocks: Blocks): string {
  const nearest = new Map<string, Candidate>();
  const known = blocks.evidence.filter((candidate) => Number.isFinite(candidate.evidence));
  for (const candidate of [...known].sort((a, b) => a.behind - b.behind)) {
    if (!nearest.has(candidateName(candidate))) {
      nearest.set(candidateName(candidate), candidate);
    }
  }
  const taken = blocks.list.filter((block) => block.block > 0 && block.size > 0).length;
  const chosen = candidateName({ blocks: taken, unexplained: blocks.list.some((block) => block.block === 0 && block.share > 0) });
  const isOne = (name: string) => name === '1 block';
  const [best, second] = [...nearest.keys()];
  const own = nearest.get(chosen);
  if (best === undefined || own === undefined) {
    return `${chosen} ${isOne(chosen) ? 'was' : 'were'} chosen`;
  }
  if (best !== chosen) {
    const errors = own.standardError > 0 ? `, ${formatNumber(own.behind / own.standardError, 2)} times the standard error` : '';
    return `${chosen} chosen; ${best} ${isOne(best) ? 'is' : 'are'} ${formatNumber(own.behind)} nats per row better${errors}`;
  }
  // against one block there is a difference that everybody understands; against the next best where one block was chosen
  const ones = [...nearest.keys()].filter((name) => nearest.get(name)!.blocks === 1);
  const rival = taken > 1 ? (ones[0] ?? second) : second;
  const lead = rival === undefined ? '' : `: ${formatNumber(nearest.get(rival)!.behind)} nats per row better than ${rival}`;
  return `${chosen} ${isOne(chosen) ? 'explains' : 'explain'} labels never seen best${lead}`;
}
