import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvCell, toCsv } from './csv';

test('a text that begins like a formula gets an apostrophe', () => {
  assert.equal(csvCell('=1+1'), "'=1+1");
  assert.equal(csvCell('@SUM(A1)'), "'@SUM(A1)");
  assert.equal(csvCell('-2+3+cmd|x'), "'-2+3+cmd|x");
  assert.equal(csvCell('\tx'), "'\tx");
  assert.equal(csvCell('\r=1'), '"\'\r=1"');
});

test('numbers are left alone, as numbers and as text', () => {
  assert.equal(csvCell(-1.5), '-1.5');
  assert.equal(csvCell('-1.5e-3'), '-1.5e-3');
  assert.equal(csvCell(NaN), '');
});

test('separators, quotes and line ends are quoted', () => {
  assert.equal(toCsv(['a,b', 'c'], [['say "x"', null], ['two\nlines', 3]]), '"a,b",c\r\n"say ""x""",\r\n"two\nlines",3\r\n');
});
