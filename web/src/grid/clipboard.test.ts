import { describe, expect, it } from 'vitest';
import { parseTsv, writeTsv } from './clipboard';

describe('a block from Excel or WPS', () => {
  it.each<[string, string, string[][]]>([
    ['rows end with CRLF, the last one too', 'a\tb\r\nc\td\r\n', [['a', 'b'], ['c', 'd']]],
    ['the last row may lack its end', 'a\tb\nc\td', [['a', 'b'], ['c', 'd']]],
    ['one cell', '12', [['12']]],
    ['one empty cell', '', [['']]],
    ['empty cells keep their place', 'a\t\tb\r\n\t\t\r\n', [['a', '', 'b'], ['', '', '']]],
    ['an empty row in between stays', 'a\r\n\r\nb\r\n', [['a'], [''], ['b']]],
    ['line ends in quotes belong to the cell', '"第一行\r\n第二行"\tb\r\n', [['第一行\n第二行', 'b']]],
    ['tabs in quotes too', '"a\tb"\tc', [['a\tb', 'c']]],
    ['two quotes are one', '"他说""整改""了"\tb', [['他说"整改"了', 'b']]],
    ['a quote inside a cell is a letter', '3" 管\tb', [['3" 管', 'b']]],
    ['a quote that never closes is a letter', '"开头\tb\r\nc', [['"开头', 'b'], ['c']]],
    ['a quoted word with more behind it is letters', '"甲"公司\tb', [['"甲"公司', 'b']]],
    ['an empty quoted cell', '""\tb', [['', 'b']]],
    ['old Mac line ends', 'a\rb\r', [['a'], ['b']]],
  ])('%s', (_name, text, expected) => expect(parseTsv(text)).toEqual(expected));

  it('what is copied comes back the same', () => {
    const cells = [['1', '', '他说"好"'], ['两\n行', 'a\tb', '3" 管'], ['"', '""', '尾']];
    expect(parseTsv(writeTsv(cells))).toEqual(cells);
  });

  it('rows are written with CRLF and quotes only where needed', () => {
    expect(writeTsv([['1', '两\n行'], ['"', '']])).toBe('1\t"两\n行"\r\n""""\t\r\n');
  });
});
