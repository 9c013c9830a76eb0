import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  brief, formatBytes, formatCount, formatDuration, formatInterval, formatNumber, formatPoints, formatPointsInterval, formatProbability, formatShare, formatShareInterval,
  formatShareTick, formatSigned, formatTick, listed, plural, sentence, uncapitalised,
} from './format';

test('three significant digits, and whole numbers whole', () => {
  assert.equal(formatNumber(0.012345), '0.0123');
  assert.equal(formatNumber(12.345), '12.3');
  assert.equal(formatNumber(2.5), '2.5');
  assert.equal(formatNumber(5), '5');
  assert.equal(formatNumber(100), '100');
  assert.equal(formatNumber(12345.678), '12,346');
  assert.equal(formatNumber(-0.5), '−0.5');
  assert.equal(formatNumber(0), '0');
  assert.equal(formatNumber(0.9999), '1.00')
  assert.equal(formatNumber(0.22971), '0.230');
});

test('very small and very large numbers with a power of ten', () => {
  assert.equal(formatNumber(1.234e-7), '1.23 × 10⁻⁷');
  assert.equal(formatNumber(-2e12), '−2 × 10¹²');
});

test('what is not known is a dash', () => {
  for (const format of [formatNumber, formatCount, formatShare, formatProbability, formatDuration, formatBytes, formatSigned]) {
    assert.equal(format(null), '–');
    assert.equal(format(NaN), '–');
  }
});

test('shares are percentages with one decimal, and never hide a remainder', () => {
  assert.equal(formatShare(0.604), '60.4\u202f%');
  assert.equal(formatShare(0), '0\u202f%');
  assert.equal(formatShare(1), '100\u202f%');
  assert.equal(formatShare(0.0001), '< 0.1\u202f%');
  assert.equal(formatShare(0.99999), '> 99.9\u202f%');
});

test('a probability short of certain does not look certain', () => {
  assert.equal(formatProbability(0.99999), '> 0.999');
  assert.equal(formatProbability(0.00001), '< 0.001');
  assert.equal(formatProbability(1), '1');
  assert.equal(formatProbability(0.25), '0.250');
});

test('an interval sets the number of decimals', () => {
  assert.equal(formatInterval({ value: 0.88012, low: 0.8512, high: 0.9049 }), '0.880 (0.851 to 0.905)');
  assert.equal(formatInterval({ value: 1234.6, low: 1100, high: 1400 }), '1,235 (1,100 to 1,400)');
});

test('a negative number that rounds to zero has no sign', () => {
  assert.equal(formatInterval({ value: -0.0001, low: -0.1, high: 0.1 }), '0.00 (−0.10 to 0.10)');
});

test('axes carry no zeros at the end', () => {
  assert.equal(formatTick(0.30000000000000004), '0.3');
  assert.equal(formatTick(1e-6), '1 × 10⁻⁶');
  assert.equal(formatShareTick(0.4), '40\u202f%');
  assert.equal(formatShareTick(0.025), '2.5\u202f%');
  assert.equal(formatShareInterval({ value: -0.432, low: -0.478, high: -0.382 }), '−43.2\u202f% (−47.8 to −38.2)');
});

test('counts, durations, bytes and words', () => {
  assert.equal(formatCount(1234567), '1,234,567');
  assert.equal(formatDuration(0.84), '0.8\u202fs');
  assert.equal(formatDuration(200), '3\u202fmin 20\u202fs');
  assert.equal(formatDuration(7500), '2\u202fh 5\u202fmin');
  assert.equal(formatBytes(999), '999 bytes');
  assert.equal(formatBytes(12_345), '12.3 kB');
  assert.equal(plural(1, 'row'), '1 row');
  assert.equal(plural(1200, 'row'), '1,200 rows');
  assert.equal(sentence('about 8.0 % of it'), 'About 8.0\u202f% of it');
  assert.equal(brief('abcdef', 4), 'abc…');
  assert.equal(brief(' '), '(empty)');
  assert.deepEqual(['Log-loss', 'RMSE', 'R²', 'V'].map(uncapitalised), ['log-loss', 'RMSE', 'R²', 'V']);
  assert.equal(listed(['a', 'b', 'c']), 'a, b and c');
});

test('differences of percentages are percentage points', () => {
  assert.equal(formatPoints(-0.1984), '−19.8 points');
  assert.equal(formatPointsInterval({ value: -0.1984, low: -0.221, high: 0.002 }), '−19.8 (−22.1 to 0.2) points');
});
