import { expect, it } from 'vitest';
import { changeOf, touchedKey, type Filled } from './model';

const filled: Filled = { from: '2023-06-01', name: ' 新区住建局 ', shortName: '', kind: 'bureau', level: 'city', edge: 'sector', parent: 'p1', leave: 'p0', into: 'i1', intoVersion: 4 };
const about = { id: 'o1', version: 3 };

it('a move says which edge it leaves only where there can be several', () => {
  expect(changeOf('move', filled, about, true)).toEqual({ kind: 'move', id: 'o1', body: { dryRun: true, version: 3, from: '2023-06-01', kind: 'sector', leave: 'p0', to: 'p1' } });
  expect(changeOf('move', { ...filled, edge: 'place' }, about, false).body).toEqual({ dryRun: false, version: 3, from: '2023-06-01', kind: 'place', to: 'p1' });
});

it('a merge carries the versions of both, so that neither is overwritten', () => {
  expect(changeOf('merge', filled, about, true).body).toEqual({ dryRun: true, version: 3, into: 'i1', intoVersion: 4, from: '2023-06-01' });
});

it('a new unit is named without blanks around, and blank names are not sent', () => {
  expect(changeOf('open', filled, null, true).body).toEqual({ dryRun: true, name: '新区住建局', kind: 'bureau', level: 'city', from: '2023-06-01', parents: [{ kind: 'sector', parent: 'p1' }] });
});

it('what a change touches has a word, and is shown as it is where it has none', () => expect([touchedKey('posts_held'), touchedKey('x')]).toEqual(['organization.touched.postsHeld', null]));
