import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, improvementInWords, improvementOf, readCsv } from './rows';

const rowsOf = (...lines: string[]) => readCsv(lines.join('\n') + '\n');

test('quotes, commas and line breaks in cells are read', () => {
  assert.deepEqual(readCsv('row,label\r\n0,"a ""b"", c\nd"\r\n1,e'), [{ row: '0', label: 'a "b", c\nd' }, { row: '1', label: 'e' }]);
});

test('rows that changed their status are counted by where they went', () => {
  const left = rowsOf('row,id,kept', '0,0,true', '1,1,false', '2,2,false');
  const right = rowsOf('row,id,kept', '0,0,true', '1,1,true', '2,2,true');

  const changes = changesOf(left, right, new Set())!;
  assert.equal(changes.compared, 3);
  assert.deepEqual(changes.moves, [{ from: 'taken out', to: 'kept', count: 2 }]);
  assert.deepEqual(changes.changed.map((row) => row.row), ['1', '2']);
});

test('rows dropped on the way do not shift the others', () => {
  const left = rowsOf('row,id,label,block', '0,0,a,1', '1,1,a,0', '2,2,b,2');
  const right = rowsOf('row,id,label,block', '0,0,a,1', '1,1,c,2');

  const changes = changesOf(left, right, new Set([1]))!;
  assert.equal(changes.gone, 1);
  assert.deepEqual(changes.changed, [{ row: '2', id: '2', label: 'b', newLabel: 'c', from: 'block 2', to: 'block 2' }]);
  assert.equal(changesOf(left, right, new Set()), null);
});

test('rows with names of their own are found by them, and a removal compares with a block by what is suspicious', () => {
  const left = rowsOf('row,id,kept', '0,x,true', '1,y,false');
  const right = rowsOf('row,id,label,block', '0,y,a,1', '1,x,b,2');

  assert.deepEqual(changesOf(left, right, new Set())!.moves, [{ from: 'suspicious', to: 'fine', count: 1 }]);
});

test('prediction is better only beyond chance, row by row', () => {
  const run = (right: number) => readCsv('row,label,prediction\n' + Array.from({ length: 200 }, (_, row) => `${row},a,${row < right ? 'a' : 'b'}`).join('\n'));

  assert.match(improvementInWords(improvementOf(run(150), run(190))!), /better, beyond chance: \+20\.0 points/);
  assert.match(improvementInWords(improvementOf(run(190), run(150))!), /worse, beyond chance/);
  assert.match(improvementInWords(improvementOf(run(150), run(151))!), /alike, as far as these rows can tell/);
  assert.equal(improvementOf(run(150), run(150).slice(1)), null);
});

test('of numbers the squared errors count', () => {
  const run = (error: number) => readCsv('row,label,prediction,deviation\n' + Array.from({ length: 100 }, (_, row) => `${row},${row},${row + error * (row % 2 === 0 ? 1 : -0.9)},1`).join('\n'));

  const better = improvementOf(run(2), run(1))!;
  assert.ok(better.isNumber && better.low > 0 && Math.abs(better.gain - 75) < 1e-6);
});
