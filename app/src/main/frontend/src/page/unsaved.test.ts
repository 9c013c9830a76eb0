import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetUnsaved, keepUnsaved, unsavedOf } from './unsaved';

test('the newest decision on a row is kept, with what the server holds', () => {
  const held = { decision: 'keep' as const, label: null, time: '' };
  keepUnsaved('a', { row: 3, decision: 'drop', label: null, before: held });
  keepUnsaved('a', { row: 3, decision: 'skip', label: null, before: { ...held, decision: 'drop' } });
  keepUnsaved('b', { row: 3, decision: 'drop', label: null, before: null });

  assert.deepEqual(unsavedOf('a'), [{ row: 3, decision: 'skip', label: null, before: held }]);
  assert.deepEqual(forgetUnsaved('a', 3), []);
  assert.equal(unsavedOf('b').length, 1);
});
