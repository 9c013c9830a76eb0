/** What two runs say of the same rows, read from their rows.csv and predictions.csv. */

export type CsvRow = Record<string, string>;

/** A CSV file as the runs write it: quotes doubled, one line of names. */
export function readCsv(text: string): CsvRow[] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') {
        field += character;
      } else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else {
        quoted = false;
      }
    } else if (character === '"') {
      quoted = true;
    } else if (character === ',') {
      record.push(field);
      field = '';
    } else if (character === '\n') {
      record.push(field);
      records.push(record);
      record = [];
      field = '';
    } else if (character !== '\r') {
      field += character;
    }
  }
  if (field !== '' || record.length > 0) {
    records.push([...record, field]);
  }
  const [names, ...rows] = records;
  return names === undefined ? [] : rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
}

/** What a run makes of a row, in words. */
export function statusOf(row: CsvRow): string {
  if (row.kept !== undefined) {
    return row.kept === 'true' ? 'kept' : 'taken out';
  }
  return row.block === '0' ? 'label not explained' : `block ${row.block ?? '?'}`;
}

export interface ChangedRow {
  row: string;
  id: string;
  label: string;
  newLabel: string;
  from: string;
  to: string;
}

export interface Changes {
  /** rows that are in both runs */
  compared: number;
  changed: ChangedRow[];
  /** how many went from which status to which, the most frequent first */
  moves: { from: string; to: string; count: number }[];
  /** rows of the first run that the second one has not, and the other way round */
  gone: number;
  added: number;
}

/**
 * Rows whose status or label differs. Rows are the same where their number is, counted without those that were dropped on the
 * way; where the numbers cannot fit, null.
 */
export function changesOf(left: CsvRow[], right: CsvRow[], dropped: ReadonlySet<number>): Changes | null {
  const named = left.some((row) => row.id !== row.row) && new Set(left.map((row) => row.id)).size === left.length;
  const kept = left.filter((row) => !dropped.has(Number(row.row)));
  if (!named && kept.length !== right.length) {
    return null;
  }
  const others = new Map(right.map((row, index) => [named ? row.id : String(index), row]));
  const isSameKind = (left[0]?.kept === undefined) === (right[0]?.kept === undefined);
  const changed: ChangedRow[] = [];
  const moves = new Map<string, { from: string; to: string; count: number }>();
  let compared = 0;
  kept.forEach((row, index) => {
    const other = others.get(named ? row.id! : String(index));
    if (other === undefined) {
      return;
    }
    compared++;
    const [from, to] = isSameKind ? [statusOf(row), statusOf(other)] : [suspicion(row), suspicion(other)];
    const [label, newLabel] = [row.label ?? other.label ?? '', other.label ?? row.label ?? ''];
    if (from !== to || label !== newLabel) {
      changed.push({ row: row.row!, id: row.id ?? row.row!, label, newLabel, from, to });
      const key = `${from}\u0001${to}`;
      moves.set(key, { from, to, count: (moves.get(key)?.count ?? 0) + 1 });
    }
  });
  return { compared, changed, moves: [...moves.values()].sort((a, b) => b.count - a.count), gone: left.length - compared, added: right.length - compared };
}

/** A removal and a block are not the same kind of thing; whether a row is suspicious is. */
function suspicion(row: CsvRow): string {
  return row.kept === 'false' || row.block === '0' ? 'suspicious' : 'fine';
}

export interface Improvement {
  rows: number;
  /** how much better the second run is: rows more right in 100, or by how much its squared errors are smaller in per cent */
  gain: number;
  low: number;
  high: number;
  isNumber: boolean;
}

/** Whether the second run predicts the same test rows better, row by row; null where they are not the same rows. */
export function improvementOf(left: CsvRow[], right: CsvRow[]): Improvement | null {
  const isSame = left.length > 1 && left.length === right.length && left.every((row, index) => row.row === right[index]!.row && row.label === right[index]!.label);
  if (!isSame || left[0]!.prediction === undefined || right[0]!.prediction === undefined || left[0]!.label === undefined) {
    return null;
  }
  const isNumber = left[0]!.deviation !== undefined;
  const loss = (row: CsvRow) => (isNumber ? (Number(row.prediction) - Number(row.label)) ** 2 : Number(row.prediction !== row.label));
  const before = left.map(loss);
  const differences = before.map((value, index) => value - loss(right[index]!));
  const n = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const base = isNumber ? before.reduce((sum, value) => sum + value, 0) / n || 1 : 1;
  const half = (1.96 * deviation) / Math.sqrt(n);
  return { rows: n, gain: (100 * mean) / base, low: (100 * (mean - half)) / base, high: (100 * (mean + half)) / base, isNumber };
}

/** The same in a sentence. */
export function improvementInWords({ rows, gain, low, high, isNumber }: Improvement): string {
  const percent = (value: number) => Math.abs(value).toFixed(1);
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${percent(value)}`;
  const what = isNumber ? 'per cent smaller squared errors' : 'points of accuracy';
  const interval = `${signed(gain)} ${what} (95 % interval ${signed(low)} to ${signed(high)})`;
  if (low > 0) {
    return `On the same ${rows} test rows the second run predicts better, beyond chance: ${interval}.`;
  }
  if (high < 0) {
    return `On the same ${rows} test rows the second run predicts worse, beyond chance: ${interval}.`;
  }
  return `On the same ${rows} test rows the two predict alike, as far as these rows can tell: ${interval}.`;
}
