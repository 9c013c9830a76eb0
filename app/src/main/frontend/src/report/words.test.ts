import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Blocks } from '../shared/types';
import { confusionsTitle, distributionTitle, evidenceTitle, groupInfluenceTitle, scaleTitle } from './words';

const heterogeneity = {
  potential: 50, after: 20, afterMeaning: 'inside the blocks', homogeneous: { mean: 10, deviation: 1, draws: 5 },
  permuted: { mean: 60, deviation: 1, draws: 5 }, moments: null, histogram: null, influence: [], notes: [],
};

test('V is told by its place between the two ends', () => {
  assert.equal(scaleTitle(heterogeneity), 'V falls from 50 (80.0\u202f% of the way from one rule to shuffled labels) to 20 inside the blocks');
  assert.equal(scaleTitle({ ...heterogeneity, after: null, potential: 11 }), 'V is 11, as one rule would make it');
  assert.equal(scaleTitle({ ...heterogeneity, after: null, potential: 61 }), 'V is 61, as shuffled labels would make it');
  assert.equal(scaleTitle({ ...heterogeneity, after: null, potential: 70 }), 'V is 70, above the 60 of shuffled labels');
  assert.equal(scaleTitle({ ...heterogeneity, after: null, potential: 5 }), 'V is 5, below the 10 of one rule');
  assert.equal(scaleTitle({ ...heterogeneity, after: null, homogeneous: null }), 'V is 50, against 60 under shuffled labels');
  assert.equal(scaleTitle({ ...heterogeneity, after: null, homogeneous: null, permuted: null }), 'V is 50');
});

test('groups are said to harm only where all the numbers say so', () => {
  assert.equal(groupInfluenceTitle(['a', 'b'], [[-1, 1], [1, -1]]), 'Both groups help themselves and harm each other');
  assert.equal(groupInfluenceTitle(['a', 'b'], [[-1, -0.5], [0, -1]]), 'Both groups help themselves and none harms another');
  assert.equal(groupInfluenceTitle(['a', 'b'], [[-1, 1], [1, 0]]), 'Only “a” helps itself; each group harms the others');
  assert.equal(groupInfluenceTitle(['a', 'b'], [[-1, 1], [-1, -1]]), 'Both groups help themselves; 1 of 2 directed pairs of groups harm');
  assert.equal(groupInfluenceTitle(['a'], [[-1]]), null);
});

test('the distribution is told by its side of nought, what lies outside included', () => {
  const histogram = { low: -2, width: 1, shares: [0.1, 0.3, 0.1, 0.1], below: 0.3, above: 0.1, pairs: 10, sampled: false };
  assert.equal(distributionTitle(histogram), 'More pairs of rows help each other (70.0\u202f%) than harm each other (30.0\u202f%)');
  assert.equal(
    distributionTitle({ ...histogram, low: -2.5, shares: [0.1, 0.1, 0.3, 0.1] }),
    '30.0\u202f% of the pairs of rows hardly influence each other; 50.0\u202f% help, 20.0\u202f% harm',
  );
});

test('the choice of blocks is told with block 0, and not as the best where it is not', () => {
  const candidate = (blocks: number, unexplained: boolean, behind: number, standardError: number) =>
    ({ blocks, unexplained, view: 'linear', gate: 'constant', evidence: -1 - behind, behind, standardError });
  const ofBlocks = (shares: number[], evidence: Blocks['evidence']): Blocks => ({
    list: shares.map((share, block) => ({
      block, name: `block ${block}`, size: Math.round(share * 100), share, potential: null, accuracy: null, logLoss: null, classBalance: null,
      meanTarget: null, note: null, source: null, distinctions: [], rules: [],
    })),
    evidence, evidenceUnit: 'nats', rulesNote: null, sources: null,
  });
  const noisy = [candidate(1, true, 0, 0), candidate(1, false, 0.05, 0.01), candidate(2, false, 0.2, 0.1)];
  const mixed = [candidate(1, false, 0.4, 0.1), candidate(2, false, 0.01, 0.005), candidate(3, false, 0, 0)];

  assert.equal(evidenceTitle(ofBlocks([0.1, 0.9], noisy)), '1 block and wrong labels explain labels never seen best: 0.05 nats per row better than 1 block');
  assert.equal(evidenceTitle(ofBlocks([0, 1], noisy)), '1 block chosen; 1 block and wrong labels are 0.05 nats per row better, 5 times the standard error');
  assert.equal(evidenceTitle(ofBlocks([0, 0.5, 0.5], mixed)), '2 blocks chosen; 3 blocks are 0.01 nats per row better, 2 times the standard error');
  assert.equal(evidenceTitle(ofBlocks([0, 0.4, 0.3, 0.3], mixed)), '3 blocks explain labels never seen best: 0.4 nats per row better than 1 block');
});

test('the most frequent wrong label is the title of the confusions', () => {
  const one = { from: 'cat', to: 'dog', rows: 41.2, share: 0.203, low: 0.15, high: 0.26 };

  assert.match(confusionsTitle([one]), /^20\.3.% of the rows that are “cat” are labelled “dog”$/);
  assert.match(confusionsTitle([one, { ...one, rows: 3, to: 'cow' }]), /“dog”, the most frequent mistake$/);
});
