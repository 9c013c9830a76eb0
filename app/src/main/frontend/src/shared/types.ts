// What the API of `assay serve` and report.json hold. Made from ../resources/dev/assay/app/web/openapi.json: change
// that, and TypesOfTheApiTest says how to make this again.

export interface ErrorLine {
  /** one line */
  error: string;
}

export type Command = 'run' | 'divide' | 'purify' | 'diagnose';

export type RunState = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted' | 'damaged';

export interface Status {
  version: string;
  threads: number;
  maxUploadBytes: number;
  /** whether requests may name files of this machine */
  pathsAllowed: boolean;
  /** where new runs go */
  folder: string;
}

export interface Upload {
  /** its id */
  upload: string;
  name: string;
  bytes: number;
}

export interface PreviewRequest {
  upload?: string | null;
  path?: string | null;
  /** auto, yes or no */
  header?: string | null;
}

export interface Preview {
  name: string;
  /** csv, tsv, json, json-lines, parquet, npy, npz or idx */
  format: string;
  records: number;
  truncated: boolean;
  columns: PreviewColumn[];
  /** the first 20 */
  rows: (string | null)[][];
  /** columns that may be the label, the likeliest first */
  labels: string[];
  /** the labels must be in a file of their own */
  needsLabels: boolean;
  image: PictureStrip | null;
}

export interface PreviewColumn {
  name: string;
  type: 'number' | 'category' | 'truth' | 'date' | 'text' | 'array';
  detail: string;
  missing: number;
}

export interface PictureStrip {
  width: number;
  height: number;
  channels: number;
  /** of the first 20, bytes in base64; 0 is black */
  pixels: string;
}

/** The data is named by upload or by path, once; so are the other files. */
export interface RunRequest {
  command: Command;
  upload?: string | null;
  path?: string | null;
  labelsUpload?: string | null;
  labelsPath?: string | null;
  testUpload?: string | null;
  testPath?: string | null;
  testLabelsUpload?: string | null;
  testLabelsPath?: string | null;
  name?: string | null;
  options?: RunOptions | null;
}

export interface RunOptions {
  label?: string | null;
  source?: string | null;
  id?: string | null;
  weight?: string | null;
  drop?: string[] | null;
  features?: string[] | null;
  numeric?: string[] | null;
  categorical?: string[] | null;
  text?: string[] | null;
  /** auto, classification or regression */
  task?: string | null;
  /** auto, yes or no */
  header?: string | null;
  /** auto, day-first or month-first */
  dates?: string | null;
  /** auto, point or comma */
  decimal?: string | null;
  /** missing, or keep for labels truly called NA */
  labelNa?: string | null;
  /** run only */
  router?: string | null;
  /** what experts may be: auto, or some of linear, radial and trees with commas between them */
  model?: string | null;
  /** run and divide */
  maxBlocks?: number | null;
  /** purify only */
  criterion?: string | null;
  seed?: number | null;
}

export interface AgainRequest {
  decisions?: boolean | null;
}

export interface RunList {
  runs: Run[];
}

export interface Run {
  id: string;
  name: string;
  /** a Command; of a damaged run maybe empty */
  command: string;
  state: RunState;
  /** file name */
  data: string;
  label: string | null;
  created: string;
  started: string | null;
  ended: string | null;
  verdict: string | null;
  sentence: string | null;
  /** one line */
  error: string | null;
  /** in the queue, from 1 */
  place: number | null;
  /** the run whose decisions were taken into account */
  decisionsOf: string | null;
  hasModel: boolean;
  hasReport: boolean;
  hasReview: boolean;
  /** rows decided about */
  decisions: number;
  progress: Progress | null;
  log: string[];
}

export interface Progress {
  phase: string;
  done: number;
  /** of the phase; 0 if not known */
  steps: number;
  /** how much of the whole run is done, 0 to 1; null if not known */
  share: number | null;
  secondsElapsed: number;
  /** of the whole run; null if not known */
  secondsLeft: number | null;
  series: Series[];
}

export interface Series {
  name: string;
  xName: string;
  yName: string;
  points: [number, number][];
}

export interface RunFileList {
  files: RunFile[];
}

export interface RunFile {
  name: string;
  bytes: number;
}

export type DecisionKind = 'keep' | 'relabel' | 'drop' | 'skip';

export interface Decision {
  decision: DecisionKind;
  label: string | null;
  time: string;
}

export interface Counts {
  keep: number;
  relabel: number;
  drop: number;
  skip: number;
  open: number;
}

export interface Review {
  task: string;
  classes: string[];
  columns: string[];
  total: number;
  images: Images | null;
  rows: ReviewRow[];
  counts: Counts;
  undoable: boolean;
}

export interface ReviewRow extends SuspiciousRow {
  decision: Decision | null;
}

export interface DecisionRequest {
  decision: DecisionKind;
  /** with relabel: a class of the data, or a number */
  label?: string | null;
}

export interface DecisionAnswer {
  row: number;
  decision: Decision | null;
  counts: Counts;
  undoable: boolean;
}

export interface Schema {
  run: string;
  label: string;
  task: string;
  classes: string[];
  columns: SchemaColumn[];
  /** models of arrays: the one column of a row, its value the entries as nested lists */
  array: string | null;
  image: PictureSize | null;
  /** too many features for a form */
  wide: boolean;
  blocks: SchemaBlock[];
  router: SchemaRouter;
}

export interface SchemaColumn {
  name: string;
  kind: 'number' | 'category' | 'truth' | 'date' | 'text';
  /** what a category may be; null where it may be anything */
  values?: string[] | null;
  /** of a number */
  mean?: number;
  /** of a number */
  deviation?: number;
  example: string | null;
}

export interface PictureSize {
  width: number;
  height: number;
  channels: number;
}

export interface SchemaBlock {
  block: number;
  name: string;
  share: number;
}

export interface SchemaRouter {
  name: string;
  informationShare: number | null;
}

export interface PredictRequest {
  /** default: the newest finished run with a model */
  run?: string | null;
  /** 1 to 10,000; a column that is not there is missing */
  rows: Record<string, any>[];
  /** where it is known */
  block?: number | null;
  /** training rows like each, 0 to 20 */
  similar?: number | null;
}

export interface PredictAnswer {
  run: string;
  task: string;
  classes: string[];
  predictions: PredictedRow[];
  notes: string[];
}

export interface PredictedRow {
  prediction: number | string | null;
  /** of the predicted class */
  probability?: number;
  /** of the classes */
  probabilities?: Record<string, number>;
  /** of a predicted number */
  deviation?: number | null;
  block: number;
  blocks: number[];
  similar: SimilarRow[];
}

export interface SimilarRow {
  row: number;
  id: string;
  label: string;
  block: number;
  distance: number;
  values: Record<string, string | null>;
  /** base64 */
  image?: string;
}

export interface BatchAnswer {
  columns: string[];
  /** the first 100 */
  rows: string[][];
  records: number;
  /** its name under files */
  file: string;
}

/** report.json, which report.html embeds. The page computes nothing but positions on the screen. Numbers are raw; the page rounds them. null = not known. */
export interface ReportData {
  format: 1;
  /** the tree of run.json, see docs/output.md */
  run: Record<string, any>;
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
  confusions: NamedConfusion[];
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

export interface Headline {
  /** the last two: rows were taken out by a criterion that makes no judgement, none or some */
  verdict: 'homogeneous' | 'noisy' | 'mixed' | 'tooFewRows' | 'alike' | 'notAlike';
  /** "Your data is mixed: 2 blocks of 60.4 %, 39.6 %." */
  sentence: string;
  /** what to do, most important first */
  next: string[];
  /** three */
  numbers: Figure[];
}

export interface Figure {
  /** "labels that nothing explains" */
  label: string;
  value: number | null;
  kind: 'share' | 'count' | 'number';
  /** "12 of 1,000 rows" */
  note: string;
}

export interface DataSummary {
  /** file name */
  name: string;
  rows: number;
  features: number;
  label: string;
  task: 'classification' | 'regression';
  /** empty for regression */
  classes: string[];
  /** columns of the file that are shown of a row, in the file's order (at most 40) */
  columns: string[];
}

export interface Heterogeneity {
  /** V of the data */
  potential: number | null;
  /** V of the kept rows (diagnose, purify), or inside the blocks (divide, run) */
  after: number | null;
  /** "of the 703 kept rows", "inside the blocks (mean over rows)" */
  afterMeaning: string;
  /** V of this set with labels drawn from one model of it: what V is where one rule made all labels */
  homogeneous: Reference | null;
  /** V under permuted labels */
  permuted: Reference | null;
  moments: Moments | null;
  histogram: Histogram | null;
  /** before, after; empty where it costs too much */
  influence: InfluencePicture[];
  /** why something is null above, one sentence each */
  notes: string[];
}

/** V of other targets: mean and standard deviation over draws */
export interface Reference {
  mean: number;
  deviation: number;
  draws: number;
}

/** of X over pairs */
export interface Moments {
  mean: number;
  variance: number;
  skewness: number;
  excessKurtosis: number;
  /** standard errors; 0 = exact */
  skewnessError: number;
  excessKurtosisError: number;
  pairs: number;
}

/** distribution of X(i,j), i != j; bins are equally wide, what lies outside is counted in below and above */
export interface Histogram {
  low: number;
  width: number;
  shares: number[];
  below: number;
  above: number;
  pairs: number;
  sampled: boolean;
}

export interface InfluencePicture {
  /** "All rows, one model" */
  title: string;
  /** order of rows, which model */
  caption: string;
  /** cells a side */
  size: number;
  /** rows that the cells stand for */
  rows: number;
  /** rows of the data set that these were sampled from */
  sampled: number | null;
  groups: Group[];
  /** the influence at cell values -127 and 127; the picture is clipped there */
  scale: number;
  /** size * size signed bytes, row by row, base64; negative = helps, positive = harms */
  cells: string;
  /** a few rows of the file for each cell of a side; empty where unknown */
  shown: number[][];
}

/** where a group lies, in cells: from (included), to (excluded) */
export interface Group {
  name: string;
  from: number;
  to: number;
}

export interface Purification {
  /** index into points */
  stop: number;
  /** where it stopped and why */
  reason: string;
  explanation: string[];
  /** meaning of watchedAccuracy */
  watched: 'accuracy' | 'R²' | null;
  points: Point[];
}

export interface Point {
  iteration: number;
  /** rows removed so far */
  removed: number;
  size: number;
  potential: number | null;
  trainingLoss: number | null;
  outOfFoldLoss: number | null;
  heldOutLogLikelihood: number | null;
  watchedAccuracy: number | null;
  /** who went in this step: the worst 8 */
  gone: Gone[];
  goneCount: number;
}

export interface Gone {
  row: number;
  id: string;
  label: string;
}

export interface Blocks {
  /** block 0 (labels that nothing explains) first, then 1, 2, ... */
  list: BlockSummary[];
  /** why no rules were looked for, or null */
  rulesNote: string | null;
  evidence: Candidate[];
  evidenceUnit: string;
  sources: Sources | null;
}

export interface BlockSummary {
  block: number;
  /** "block 1", "unexplained labels" */
  name: string;
  size: number;
  share: number;
  potential: number | null;
  /** out of fold; null for regression */
  accuracy: number | null;
  logLoss: number | null;
  classBalance: Record<string, number | null> | null;
  meanTarget: number | null;
  note: string | null;
  /** best match */
  source: string | null;
  distinctions: Distinction[];
  rules: RuleSummary[];
}

/** a number of blocks that was tried */
export interface Candidate {
  blocks: number;
  unexplained: boolean;
  view: string;
  gate: string;
  evidence: number;
  behind: number;
  standardError: number;
}

export interface Distinction {
  feature: string;
  inside: number;
  outside: number;
  difference: number;
  standardError: number;
}

/** rows told in conditions; all figures are of rows that had no part in finding it */
export interface RuleSummary {
  /** "site = B and hour > 17" */
  text: string;
  /** share of the set that it holds for */
  coverage: Proportion;
  /** share of the rows that it holds for that are in the set */
  precision: Proportion;
  /** share of the set in all held-out rows */
  baseRate: number;
  /** held-out rows that it holds for */
  rows: number;
  heldOutRows: number;
}

export interface Proportion {
  value: number;
  low: number;
  high: number;
}

export interface Sources {
  names: string[];
  sizes: number[];
  potentials: (number | null)[];
  adjustedRandIndex: number;
  normalisedMutualInformation: number;
  matches: SourceMatch[];
  /** [block 0..K][source] */
  rowsOfBlockFromSource: number[][];
  /** row on column; negative = helps */
  influence: (number | null)[][];
  influenceChance: (number | null)[][];
  influenceDirection: string;
  transfer: (number | null)[][];
  transferDirection: string;
}

export interface SourceMatch {
  block: number;
  source: string | null;
  precision: number;
  recall: number;
}

export interface RowMap {
  /** "principal components of the features" */
  method: string;
  /** two */
  axes: Axis[];
  x: number[];
  y: number[];
  row: number[];
  /** 0, 1, ...; for diagnose and purify 0 = removed, 1 = kept */
  block: number[];
  /** what block means here: name of group g at index g */
  groups: string[];
  /** class code, or the number */
  label: (number | null)[];
  /** index into sourceNames */
  source: number[] | null;
  sourceNames: string[];
  /** index into images, -1 = none */
  image: number[] | null;
  /** rows of the data set; x.length of them are shown */
  total: number;
}

export interface Axis {
  /** of the variance */
  share: number;
  /** the strongest */
  features: string[];
}

/** of the rows that are `from`, so many are labelled `to`; low, high: 95 % interval of the share */
export interface NamedConfusion {
  from: string;
  to: string;
  /** about, a sum of probabilities */
  rows: number;
  /** of the rows that are `from` */
  share: number;
  low: number;
  high: number;
}

export interface Suspicious {
  /** rows of the data set */
  total: number;
  /** rows that were judged not to fit (removed, block 0) */
  judged: number;
  /** what these are: "rows whose label looks wrong" */
  meaning: string;
  /** how rows are ranked */
  explanation: string[];
  /** where they are found; diagnose, purify */
  rules: RuleSummary[];
  /** columns of scores, the one that rows are ranked by first */
  scores: Score[];
  /** the most suspicious first; at most 1000 */
  rows: SuspiciousRow[];
}

export interface Score {
  key: string;
  title: string;
  meaning: string;
  suspicious: 'low' | 'high';
}

export interface SuspiciousRow {
  /** 1 = most suspicious */
  rank: number;
  /** 0-based record of the file */
  row: number;
  /** where it begins in the file, 1 = the first; null where there are no lines */
  line: number | null;
  id: string;
  label: string;
  suggested: string;
  /** of the suggested label */
  probability: number | null;
  /** is one of those */
  judged: boolean;
  block: number | null;
  source: string | null;
  /** as Suspicious.scores */
  scores: (number | null)[];
  /** the row itself, as in data.columns; empty for pictures and wide arrays */
  values: string[];
  /** the values that speak against the label, strongest first */
  against: Against[];
  /** index into images, -1 = none */
  image: number;
}

export interface Against {
  column: string;
  value: string;
  /** in nats: log-odds of suggested over label */
  effect: number;
}

export interface Prediction {
  /** "500 rows of test.csv", "240 of 1,200 rows, held out (...)" */
  rows: string;
  /** "The routed experts predict better than one model: accuracy 0.88 against 0.45." */
  sentence: string;
  models: Model[];
  /** the first is the leading one */
  metrics: MeasureName[];
  /** classification */
  confusion: Confusion | null;
  /** classification: of the routed experts and of one model */
  calibration: Calibration[] | null;
  /** regression */
  fits: Fits | null;
  abstention: Abstention[];
  router: RouterSummary;
}

/** as evaluation.models of run.json */
export interface Model {
  model: string;
  title: string;
  measures: Record<string, Interval>;
  minusRoutedExperts: Record<string, Interval>;
}

export interface Interval {
  value: number;
  low: number;
  high: number;
}

export interface MeasureName {
  key: string;
  title: string;
  higherIsBetter: boolean;
}

/** at most 30 classes, the rest in "others" */
export interface Confusion {
  classes: string[];
  /** those that are shown */
  models: ConfusedModel[];
}

export interface ConfusedModel {
  title: string;
  /** [true][predicted] */
  counts: number[][];
}

export interface Calibration {
  title: string;
  bins: Bin[];
}

/** probability of the predicted label against how often it is right */
export interface Bin {
  predicted: number;
  observed: number;
  low: number;
  high: number;
  count: number;
}

/** a sample of the test rows as predicted */
export interface Fits {
  truth: number[];
  predicted: number[];
  deviation: number[];
  total: number;
}

/** accuracy (regression: RMSE) of the rest against the share left out, least sure first */
export interface Abstention {
  title: string;
  metric: string;
  points: AbstentionPoint[];
}

export interface AbstentionPoint {
  share: number;
  threshold: number;
  value: number;
}

export interface RouterSummary {
  name: string;
  explanation: string[];
  informationNats: number | null;
  informationShare: number | null;
  contenders: Record<string, any>[];
}

export interface Images {
  width: number;
  height: number;
  channels: 1 | 3;
  count: number;
  /** count * height * width * channels bytes, base64; 0 = black */
  pixels: string;
}

/** a row that a picture leads to; group as in the map of the rows */
export interface PickedRow {
  /** 0-based record of the file */
  row: number;
  /** where it begins in the file, 1 = the first; null where there are no lines */
  line: number | null;
  id: string;
  label: string;
  group: string;
  source: string | null;
  /** as in data.columns */
  values: string[];
  /** index into images, -1 = none */
  image: number;
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
  numbers: Numbers | null;
  /** the most frequent ones; in order where they are numbers */
  levels: Level[];
  otherLevels: number[];
}

/** a distribution in bins of equal width; counts by bin and group */
export interface Numbers {
  smallest: number;
  median: number;
  mean: number;
  largest: number;
  low: number;
  width: number;
  counts: number[][];
}

export interface Level {
  value: string;
  counts: number[];
}
