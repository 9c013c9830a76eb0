/**
 * What report.html shows: DIR/report.json, also embedded in the page. Written by Java (dev.assay.app.report); the page
 * computes nothing but positions on the screen. Numbers are raw; the page rounds them. null = not known.
 */
export interface ReportData {
  format: 1;
  /** the tree of DIR/run.json, see docs/output.md */
  run: RunRecord;
  headline: Headline;
  data: DataSummary;
  heterogeneity: Heterogeneity;
  /** diagnose, purify */
  purification: Purification | null;
  /** divide, run */
  blocks: Blocks | null;
  /** a two-dimensional look at a sample of the rows; null where there is one feature only */
  map: RowMap | null;
  /** which classes are labelled as which, the most frequent first; empty where the data is not noisy, or labels are numbers */
  confusions: Confusion[];
  suspicious: Suspicious;
  /** run; diagnose and purify have null */
  prediction: Prediction | null;
  /** null unless the rows are pictures */
  images: Images | null;
  /** rows that pictures lead to and that are not among the suspicious ones */
  rows: PickedRow[];
  /** what is in the columns, group by group; null for arrays */
  columns: Columns | null;
}

/** a row that a picture leads to; group as in the map of the rows */
export interface PickedRow {
  row: number; // 0-based record of the file
  line: number | null; // where it begins in the file, 1 = the first; null where there are no lines
  id: string;
  label: string;
  group: string;
  source: string | null;
  values: string[]; // as in data.columns
  image: number; // index into images, -1 = none
}

/** columns, counted in a sample of the rows; all counts by group */
export interface Columns {
  sampled: number;
  total: number;
  groups: string[];
  groupSizes: number[];
  list: Column[];
}
export interface Column {
  name: string;
  missing: number[];
  distinct: number;
  numbers: { smallest: number; median: number; mean: number; largest: number; low: number; width: number; counts: number[][] } | null;
  /** the most frequent ones; in order where they are numbers */
  levels: { value: string; counts: number[] }[];
  otherLevels: number[];
}

export type RunRecord = Record<string, any>;

export interface Headline {
  /** the last two: rows were taken out by a criterion that makes no judgement, none or some */
  verdict: 'homogeneous' | 'noisy' | 'mixed' | 'tooFewRows' | 'alike' | 'notAlike';
  sentence: string; // "Your data is mixed: 2 blocks of 60.4 %, 39.6 %."
  next: string[]; // what to do, most important first
  numbers: Figure[]; // three
}
export interface Figure {
  label: string; // "labels that nothing explains"
  value: number | null;
  kind: 'share' | 'count' | 'number';
  note: string; // "12 of 1,000 rows"
}

export interface DataSummary {
  name: string; // file name
  rows: number;
  features: number;
  label: string;
  task: 'classification' | 'regression';
  classes: string[]; // empty for regression
  /** columns of the file that are shown of a row, in the file's order (at most 40) */
  columns: string[];
}

export interface Heterogeneity {
  potential: number | null; // V of the data
  /** V of the kept rows (diagnose, purify), or inside the blocks (divide, run) */
  after: number | null;
  afterMeaning: string; // "of the 703 kept rows", "inside the blocks (mean over rows)"
  /** V of this set with labels drawn from one model of it: what V is where one rule made all labels */
  homogeneous: { mean: number; deviation: number; draws: number } | null;
  /** V under permuted labels */
  permuted: { mean: number; deviation: number; draws: number } | null;
  moments: {
    mean: number;
    variance: number;
    skewness: number;
    excessKurtosis: number;
    skewnessError: number; // standard errors; 0 = exact
    excessKurtosisError: number;
    pairs: number;
  } | null;
  /** distribution of X(i,j), i != j; bins are equally wide, what lies outside is counted in below and above */
  histogram: { low: number; width: number; shares: number[]; below: number; above: number; pairs: number; sampled: boolean } | null;
  /** before, after; empty where it costs too much. */
  influence: InfluenceMap[];
  /** why something is null above, one sentence each */
  notes: string[];
}
export interface InfluenceMap {
  title: string; // "All rows, one model"
  caption: string; // order of rows, which model
  size: number; // cells a side
  rows: number; // rows that the cells stand for
  sampled: number | null; // rows of the data set that these were sampled from
  /** where groups lie, in cells: from (included), to (excluded) */
  groups: { name: string; from: number; to: number }[];
  /** the influence at cell values -127 and 127; the map is clipped there */
  scale: number;
  /** size * size signed bytes, row by row, base64; negative = helps, positive = harms */
  cells: string;
  /** a few rows of the file for each cell of a side; empty where unknown */
  shown: number[][];
}

export interface Purification {
  stop: number; // index into points
  reason: string; // where it stopped and why
  explanation: string[];
  watched: 'accuracy' | 'R²' | null; // meaning of watchedAccuracy
  points: {
    iteration: number;
    removed: number; // rows removed so far
    size: number;
    potential: number | null;
    trainingLoss: number | null;
    outOfFoldLoss: number | null;
    heldOutLogLikelihood: number | null;
    watchedAccuracy: number | null;
    /** who went in this step: the worst 8 */
    gone: { row: number; id: string; label: string }[];
    goneCount: number;
  }[];
}

export interface Blocks {
  /** block 0 (labels that nothing explains) first, then 1, 2, ... */
  list: Block[];
  /** why no rules were looked for, or null */
  rulesNote: string | null;
  evidence: { blocks: number; unexplained: boolean; view: string; gate: string; evidence: number; behind: number; standardError: number }[];
  evidenceUnit: string;
  sources: Sources | null;
}
export interface Block {
  block: number;
  name: string; // "block 1", "unexplained labels"
  size: number;
  share: number;
  potential: number | null;
  accuracy: number | null; // out of fold; null for regression
  logLoss: number | null;
  classBalance: Record<string, number> | null;
  meanTarget: number | null;
  note: string | null;
  source: string | null; // best match
  distinctions: { feature: string; inside: number; outside: number; difference: number; standardError: number }[];
  rules: RuleSummary[];
}
/** rows told in conditions; all figures are of rows that had no part in finding it */
export interface RuleSummary {
  text: string; // "site = B and hour > 17"
  coverage: { value: number; low: number; high: number }; // share of the set that it holds for
  precision: { value: number; low: number; high: number }; // share of the rows that it holds for that are in the set
  baseRate: number; // share of the set in all held-out rows
  rows: number; // held-out rows that it holds for
  heldOutRows: number;
}
export interface Sources {
  names: string[];
  sizes: number[];
  potentials: (number | null)[];
  adjustedRandIndex: number;
  normalisedMutualInformation: number;
  matches: { block: number; source: string | null; precision: number; recall: number }[];
  rowsOfBlockFromSource: number[][]; // [block 0..K][source]
  influence: (number | null)[][]; // row on column; negative = helps
  influenceChance: (number | null)[][];
  influenceDirection: string;
  transfer: (number | null)[][];
  transferDirection: string;
}

export interface RowMap {
  method: string; // "principal components of the features"
  axes: { share: number; features: string[] }[]; // two: share of the variance, strongest features
  x: number[];
  y: number[];
  row: number[];
  block: number[]; // 0, 1, ...; for diagnose and purify 0 = removed, 1 = kept
  /** what block means here */
  groups: string[]; // name of group g at index g
  label: (number | null)[]; // class code, or the number
  source: number[] | null; // index into sourceNames
  sourceNames: string[];
  image: number[] | null; // index into images, -1 = none
  total: number; // rows of the data set; x.length of them are shown
}

/** of the rows that are `from`, so many are labelled `to`; low, high: 95 % interval of the share */
export interface Confusion {
  from: string;
  to: string;
  rows: number; // about, a sum of probabilities
  share: number; // of the rows that are `from`
  low: number;
  high: number;
}

export interface Suspicious {
  total: number; // rows of the data set
  judged: number; // rows that were judged not to fit (removed, block 0)
  meaning: string; // what these are: "rows whose label looks wrong"
  explanation: string[]; // how rows are ranked
  /** where they are found; diagnose, purify */
  rules: RuleSummary[];
  /** columns of scores, the one that rows are ranked by first */
  scores: { key: string; title: string; meaning: string; suspicious: 'low' | 'high' }[];
  /** the most suspicious first; at most 1000 */
  rows: SuspiciousRow[];
}
export interface SuspiciousRow {
  rank: number; // 1 = most suspicious
  row: number; // 0-based record of the file
  line: number | null; // where it begins in the file, 1 = the first; null where there are no lines
  id: string;
  label: string;
  suggested: string;
  probability: number | null; // of the suggested label
  judged: boolean; // is one of those
  block: number | null;
  source: string | null;
  scores: (number | null)[]; // as Suspicious.scores
  /** the row itself, as in data.columns; empty for pictures and wide arrays */
  values: string[];
  /** the values that speak against the label, strongest first; effect in nats: log-odds of suggested over label */
  against: { column: string; value: string; effect: number }[];
  image: number; // index into images, -1 = none
}

export interface Images {
  width: number;
  height: number;
  channels: 1 | 3;
  count: number;
  /** count * height * width * channels bytes, base64; 0 = black */
  pixels: string;
}

export interface Prediction {
  rows: string; // "500 rows of test.csv", "240 of 1,200 rows, held out (...)"
  sentence: string; // "The routed experts predict better than one model: accuracy 0.88 against 0.45."
  /** as evaluation.models of run.json: model, measures {metric: {value, low, high}}, minusRoutedExperts */
  models: { model: string; title: string; measures: Record<string, Interval>; minusRoutedExperts: Record<string, Interval> }[];
  metrics: { key: string; title: string; higherIsBetter: boolean }[]; // the first is the leading one
  /** classification: counts[true][predicted], one for each model shown; at most 30 classes, the rest in "others" */
  confusion: { classes: string[]; models: { title: string; counts: number[][] }[] } | null;
  /** classification: of the routed experts and of one model; probability of the predicted label against how often it is right */
  calibration: { title: string; bins: { predicted: number; observed: number; low: number; high: number; count: number }[] }[] | null;
  /** regression: a sample of the test rows as predicted */
  fits: { truth: number[]; predicted: number[]; deviation: number[]; total: number } | null;
  /** accuracy (regression: RMSE) of the rest against the share left out, least sure first */
  abstention: { title: string; metric: string; points: { share: number; threshold: number; value: number }[] }[];
  router: {
    name: string;
    explanation: string[];
    informationNats: number | null;
    informationShare: number | null;
    contenders: Record<string, any>[];
  } | null;
}
export interface Interval { value: number; low: number; high: number }
