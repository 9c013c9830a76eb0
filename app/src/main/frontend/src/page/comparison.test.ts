import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRecords } from './comparison';

const record = (potential: number, accuracy: number) => ({
  command: 'run',
  verdict: 'mixed',
  data: { rows: 100, label: 'y' },
  measures: { potential },
  blocks: [{ share: 1, potential: 2, outOfFoldAccuracy: 0.9 }],
  evaluation: { models: [{ model: 'oneModel', measures: { accuracy: { value: accuracy, low: accuracy - 0.01, high: accuracy + 0.01 } } }] },
});

const lineOf = (left: Record<string, unknown>, right: Record<string, unknown>, name: string) =>
  compareRecords(left, right)
    .flatMap((group) => group.lines)
    .find((line) => line.name === name);

test('the same is not marked', () => {
  const lines = compareRecords(record(20, 0.8), record(20, 0.8)).flatMap((group) => group.lines);

  assert.ok(lines.length > 5);
  assert.deepEqual(lines.filter((line) => line.change !== ''), []);
});

test('a difference says how large it is and which way', () => {
  assert.equal(lineOf(record(20, 0.8), record(5, 0.8), 'V, variance of the influences')?.change, 'down by 15');
});

test('what intervals do not tell apart is called chance', () => {
  assert.match(lineOf(record(20, 0.8), record(20, 0.81), 'Accuracy of one linear model on everything')?.change ?? '', /within chance/);
  assert.doesNotMatch(lineOf(record(20, 0.8), record(20, 0.9), 'Accuracy of one linear model on everything')?.change ?? '', /within chance/);
});

test('what neither run knows is left out', () => {
  assert.equal(lineOf(record(20, 0.8), record(5, 0.8), 'Rows taken out'), undefined);
});

test('which way is better is said, accuracies are per cent, and chance is no difference', () => {
  const better = lineOf(record(20, 0.8), record(20, 0.9), 'Accuracy of one linear model on everything');
  assert.equal(better?.change, 'up by 10.0 points');
  assert.match(better?.left ?? '', /^80\.0.%/);
  assert.equal(better?.direction, 'higher is better');
  assert.equal(better?.isChance, false);
  assert.equal(lineOf(record(20, 0.8), record(20, 0.81), 'Accuracy of one linear model on everything')?.isChance, true);
  assert.equal(lineOf(record(20, 0.8), record(5, 0.8), 'V, variance of the influences')?.direction, 'lower: less mixed');
});
