// Blocks of cells as the text that Excel and WPS put on the clipboard.

// Tab-separated with quotes: "" inside quotes is one quote, tabs and line ends inside quotes belong to the cell.
// A quote that does not open a cell is an ordinary letter, as in 3" pipe.
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let position = 0;
  while (position <= text.length) {
    const cell = text[position] === '"' ? quotedCell(text, position) : null;
    const end = cell?.end ?? plainEnd(text, position);
    rows[rows.length - 1]!.push(cell?.value ?? text.slice(position, end));
    if (text[end] === '\t') { position = end + 1; continue; }
    position = end + (text.startsWith('\r\n', end) ? 2 : 1);
    if (position < text.length) rows.push([]);
    else break;
  }
  return rows;
}

function plainEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== '\t' && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}

// Null when the quotes do not close right before the end of the cell: then they are letters.
function quotedCell(text: string, from: number): { value: string; end: number } | null {
  let value = '';
  for (let position = from + 1; position < text.length; position += 1) {
    if (text[position] !== '"') { value += text[position]; continue; }
    if (text[position + 1] === '"') { value += '"'; position += 1; continue; }
    const next = text[position + 1];
    const ends = next === undefined || next === '\t' || next === '\n' || next === '\r';
    return ends ? { value: value.replace(/\r\n?/g, '\n'), end: position + 1 } : null;
  }
  return null;
}

const quoted = (cell: string): string => (/[\t\n\r"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);

// Rows end with CRLF, as spreadsheets write them.
export const writeTsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(quoted).join('\t') + '\r\n').join('');
