import { describe, expect, it } from 'vitest';
import { enter, faultOf, plainDate, plainNumber } from './entry';
import type { Column } from './model';

const column = (over: Partial<Column>): Column => ({ id: 'c', title: '', type: 'number', decimals: 0, width: 80, index: 0, ...over });

describe('numbers as clerks write them', () => {
  it.each([
    ['12', '12'], [' 12 ', '12'], ['１２３', '123'], ['1,234,567', '1234567'], ['1，234', '1234'], ['－５', '-5'], ['−5', '-5'], ['+5', '5'],
    ['1.50', '1.5'], ['５．２', '5.2'], ['.5', '0.5'], ['5.', '5'], ['1 234', '1234'], ['\u00a012', '12'], ['1,234.5', '1234.5'],
  ])('%s means %s', (typed, meant) => expect(plainNumber(typed)).toBe(meant));

  it.each(['12,34', '1,2345', '1.2.3', '十二', '12家', '1e5', '0x10', '(5)', '5%', '-', '.', ',', '1-2', 'NaN', 'Infinity'])(
    '%s is not guessed at', (typed) => expect(plainNumber(typed)).toBeNull());

  it('a figure is held with the decimals of its column', () => {
    expect(enter('1,234.5', column({ decimals: 2 }))).toBe('1234.50');
    expect(enter('007', column({}))).toBe('7');
  });

  it('too many decimals stay as typed and are marked, never rounded', () => {
    const money = column({ decimals: 2 });
    expect(enter('1.005', money)).toBe('1.005');
    expect(faultOf('1.005', money)).toEqual({ key: 'grid.tooManyDecimals', value: '1.005', decimals: 2 });
  });

  it('too many digits are marked', () => {
    expect(faultOf('9'.repeat(19), column({}))).toEqual({ key: 'grid.numberTooLarge', value: '9'.repeat(19) });
    expect(faultOf('9'.repeat(18), column({}))).toBeNull();
  });

  it('a text in a number column stays readable and is marked', () => {
    expect(enter(' 约30 ', column({}))).toBe('约30');
    expect(faultOf('约30', column({}))).toEqual({ key: 'grid.invalidNumber', value: '约30' });
  });

  // anchor-failures 19
  it('blank, nil and zero are three things', () => {
    expect([enter('', column({})), enter('  ', column({})), enter('无', column({})), enter('0', column({}))]).toEqual(['', '', 'nil', '0']);
    expect(faultOf('nil', column({}))).toBeNull();
  });
});

describe('dates as clerks write them', () => {
  it.each([
    ['2023.3.5', '2023-03-05'], ['2023-03-05', '2023-03-05'], ['2023/3/5', '2023-03-05'], ['2023年3月5日', '2023-03-05'],
    ['２０２３．３．５', '2023-03-05'], ['20230305', '2023-03-05'], ['2023. 3. 5', '2023-03-05'], ['2024-02-29', '2024-02-29'], ['2023年3月5', '2023-03-05'],
  ])('%s means %s', (typed, meant) => expect(plainDate(typed)).toBe(meant));

  it('without a year the window gives it', () => {
    expect(plainDate('3月5日', 2023)).toBe('2023-03-05');
    expect(plainDate('3.5', 2023)).toBe('2023-03-05');
    expect(plainDate('3月5日')).toBeNull();
  });

  it.each(['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '2100-02-29', '三月五日', '2023', '5'])('%s is no date', (typed) =>
    expect(plainDate(typed, 2023)).toBeNull());

  it('what is no date stays as typed and is marked', () => {
    const date = column({ type: 'date' });
    expect(enter('2月30日', date, 2023)).toBe('2月30日');
    expect(faultOf('2月30日', date)).toEqual({ key: 'grid.invalidDate', value: '2月30日' });
  });
});

describe('choices and texts', () => {
  const choice = column({ type: 'choice', choices: [{ value: 'major', label: '重大隐患' }, { value: 'general', label: '一般隐患' }] });

  it('a choice is held by its value, found by its word', () => {
    expect(enter(' 重大隐患 ', choice)).toBe('major');
    expect(enter('general', choice)).toBe('general');
  });

  it('another word is marked, with the words that would do', () => {
    expect(faultOf(enter('特大', choice), choice)).toEqual({ key: 'grid.invalidChoice', value: '特大', choices: '重大隐患、一般隐患' });
  });

  it('hostile text is text: control characters fall out, the rest stays', () => {
    const text = column({ type: 'text' });
    expect(enter('<script>alert(1)</script>\u0000\u0007', text)).toBe('<script>alert(1)</script>');
    expect(enter('两\r\n行  ', text)).toBe('两\n行');
  });

  it('length is counted in letters, not in halves of rare ones', () => {
    const text = column({ type: 'text', limit: 3 });
    expect(faultOf('𠮷𠮷𠮷', text)).toBeNull();
    expect(faultOf('四个字了', text)).toEqual({ key: 'grid.textTooLong', limit: 3 });
  });
});
