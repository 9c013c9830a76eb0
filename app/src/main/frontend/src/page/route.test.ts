import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, parseRoute } from './route';

test('links lead to their screens', () => {
  assert.deepEqual(parseRoute(''), { page: 'runs' });
  assert.deepEqual(parseRoute(link.runs), { page: 'runs' });
  assert.deepEqual(parseRoute(link.new), { page: 'new' });
  assert.deepEqual(parseRoute(link.run('a/b')), { page: 'run', run: 'a/b' });
  assert.deepEqual(parseRoute(link.review('a')), { page: 'review', run: 'a' });
  assert.deepEqual(parseRoute(link.compare('a', 'b')), { page: 'compare', left: 'a', right: 'b' });
});

test('an address of nothing is known as such', () => {
  assert.deepEqual(parseRoute('#/runs/a/nonsense'), { page: 'unknown' });
  assert.deepEqual(parseRoute('#/compare/a'), { page: 'unknown' });
  assert.deepEqual(parseRoute('#/%'), { page: 'unknown' });
});
