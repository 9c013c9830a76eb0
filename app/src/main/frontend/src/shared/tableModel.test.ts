import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesOf, queryRows, type Query } from './tableModel';

interface Row { name: string; label: string; score: number | null }

const rows: Row[] = [
  { name: 'row 10', label: 'a', score: 0.5 },
  { name: 'row 2', label: 'b', score: null },
  { name: 'Row 1', label: 'a', score: -1 },
  { name: '<img>', label: 'b', score: 0.5 },
];
const sources = {
  searched: (row: Row) => row.name.toLowerCase(),
  filters: { label: (row: Row) => row.label },
  values: { name: (row: Row) => row.name, score: (row: Row) => row.score },
};
const all: Query = { search: '', filters: {}, sorting: null };
const names = (query: Partial<Query>) => queryRows(rows, { ...all, ...query }, sources).map((row) => row.name);

test('without a question all rows come in their own order', () => {
  assert.deepEqual(names({}), ['row 10', 'row 2', 'Row 1', '<img>']);
});

test('numbers sort as numbers, unknown ones last both ways, equal ones as they stood', () => {
  assert.deepEqual(names({ sorting: { column: 'score', descending: false } }), ['Row 1', 'row 10', '<img>', 'row 2']);
  assert.deepEqual(names({ sorting: { column: 'score', descending: true } }), ['row 10', '<img>', 'Row 1', 'row 2']);
});

test('texts sort with their numbers as numbers', () => {
  assert.deepEqual(names({ sorting: { column: 'name', descending: false } }), ['<img>', 'Row 1', 'row 2', 'row 10']);
});

test('every word must be found, in any case', () => {
  assert.deepEqual(names({ search: 'ROW 1' }), ['row 10', 'Row 1']);
  assert.deepEqual(names({ search: '<IMG' }), ['<img>']);
});

test('filters and search hold together', () => {
  assert.deepEqual(names({ search: 'row', filters: { label: 'a' } }), ['row 10', 'Row 1']);
  assert.deepEqual(names({ filters: { label: '' } }).length, 4);
});

test('choices are in order and each once', () => {
  assert.deepEqual(choicesOf(rows, (row) => row.label), ['a', 'b']);
});
