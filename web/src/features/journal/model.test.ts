import { expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { deedName, detailLines, fieldName, knownDeeds, where, who } from './model';

it('a change reads before and after, line by line', () => {
  setLocale('zh');
  expect(detailLines({ before: { state: 'submitted' }, after: { state: 'accepted' }, route: 'r1' })).toEqual([{ name: 'state', before: '待审核', after: '已通过' }, { name: 'route', before: null, after: 'r1' }]);
  expect(detailLines({ name: { from: '甲', to: '乙' } })).toEqual([{ name: 'name', before: '甲', after: '乙' }]);
  expect(detailLines(null)).toEqual([]);
});

it('a deed without a word is shown as it stands, never hidden', () => {
  setLocale('zh');
  expect(deedName('filing.returned')).toBe('退回修改');
  expect(deedName('no.such_deed')).toBe('no.such_deed');
  expect(knownDeeds).toContain('filing.handed_in');
});

it('a detail is told in words; what has none is shown as it stands', () => {
  setLocale('zh');
  expect(detailLines({ nil: true, state: 'odd', number: 2 }).map((one) => `${fieldName(one.name)} ${one.after}`)).toEqual(['零报告 是', '状态 odd', '版本 2']);
  expect(fieldName('no_such_field')).toBe('no_such_field');
});

it('hostile text in a detail stays text', () => expect(detailLines({ title: '<img onerror=x>' })[0]!.after).toBe('<img onerror=x>'));

it('the command line is named as such, and nobody who merely calls himself operator', () => {
  expect(who({ actorName: 'operator', address: 'operator' })).toBe('系统（命令行、定时任务）');
  expect(who({ actorName: 'operator', address: '10.0.0.8' })).toBe('operator');
  expect([where('operator'), where('10.0.0.8')]).toEqual(['命令行', '10.0.0.8']);
});
