import { describe, expect, it } from 'vitest';
import { findQuote, piecesOf, placeOf } from './marks';

const at = (from: number, to: number) => ({ from, to });

describe('the text cut where clauses begin and end', () => {
  it('counts code points, so that a rare character is one place and not two', () => {
    expect(piecesOf('𠮷安市每周报送。', [at(3, 7)])).toEqual([
      { text: '𠮷安市', duties: [], ends: [] }, { text: '每周报送', duties: [0], ends: [0] }, { text: '。', duties: [], ends: [] },
    ]);
  });

  it('the same clause of several duties is one mark with all their numbers', () => {
    expect(piecesOf('甲乙丙', [at(1, 2), at(1, 2)])[1]).toEqual({ text: '乙', duties: [0, 1], ends: [0, 1] });
  });

  it('clauses that overlap are cut, and each number is drawn once, where its clause ends', () => {
    expect(piecesOf('abcdef', [at(0, 4), at(2, 6)])).toEqual([
      { text: 'ab', duties: [0], ends: [] }, { text: 'cd', duties: [0, 1], ends: [0] }, { text: 'ef', duties: [1], ends: [1] },
    ]);
  });

  it('a duty without a clause marks nothing, a place beyond the text ends with it, and nothing of the text is lost', () => {
    expect(piecesOf('abc', [at(0, 0)])).toEqual([{ text: 'abc', duties: [], ends: [] }]);
    expect(piecesOf('abc', [at(2, 9)])[1]).toEqual({ text: 'c', duties: [0], ends: [0] });
    expect(piecesOf('', [])).toEqual([]);
    const text = '一、𠮷\r\n二、每月25日前';
    expect(piecesOf(text, [at(1, 4), at(3, 8), at(3, 5)]).map((one) => one.text).join('')).toBe(text);
  });
});

describe('the place of a clause', () => {
  it('is that of the selection without the white space around it', () => {
    expect(placeOf('𠮷：', '\n  每周报送 \n')).toEqual({ quote: '每周报送', from: 5, to: 9 });
    expect(placeOf('abc', ' \n')).toBeNull();
  });

  it('of a typed clause is the occurrence next to where it stood', () => {
    const text = '𠮷报送。再报送。';
    expect(findQuote(text, '报送', 0)).toEqual({ quote: '报送', from: 1, to: 3 });
    expect(findQuote(text, ' 报送', 7)).toEqual({ quote: '报送', from: 5, to: 7 });
    expect([findQuote(text, '没有', 0), findQuote(text, '', 0)]).toEqual([null, null]);
  });
});
