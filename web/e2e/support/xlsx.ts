// Spreadsheets as an office makes and opens them, without a spreadsheet program: rows of texts in, rows of texts out.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

interface Entry { name: string; content: Buffer }

const u16 = (value: number): Buffer => { const bytes = Buffer.alloc(2); bytes.writeUInt16LE(value); return bytes; };
const u32 = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(value); return bytes; };

function zip(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content);
    const facts = Buffer.concat([u16(20), u16(0), u16(8), u16(0), u16(0x5a21), u32(crc32(content)), u32(packed.length), u32(content.length), u16(name.length), u16(0)]);
    const file = Buffer.concat([u32(0x04034b50), facts, Buffer.from(name), packed]);
    directory.push(Buffer.concat([u32(0x02014b50), u16(20), facts, u16(0), u16(0), u16(0), u32(0), u32(offset), Buffer.from(name)]));
    files.push(file);
    offset += file.length;
  }
  const index = Buffer.concat(directory);
  return Buffer.concat([...files, index, u32(0x06054b50), u16(0), u16(0), u16(entries.length), u16(entries.length), u32(index.length), u32(offset), u16(0)]);
}

function unzip(bytes: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, nameLength, extra, comment, file] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const begin = file + 30 + bytes.readUInt16LE(file + 26) + bytes.readUInt16LE(file + 28);
    const data = bytes.subarray(begin, begin + packed);
    entries.set(name, method === 8 ? inflateRawSync(data) : data);
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const plain = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
const columnName = (index: number): string => (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

const types = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>';
const relations = (type: string, target: string): string => `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
const book = '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>';

// A book of one sheet that holds these texts.
export function xlsxOf(rows: readonly (readonly string[])[]): Buffer {
  const cells = rows.map((row, r) => `<row r="${r + 1}">${row.map((text, c) => `<c r="${columnName(c)}${r + 1}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`).join('')}</row>`).join('');
  const sheet = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells}</sheetData></worksheet>`;
  return zip([
    { name: '[Content_Types].xml', content: Buffer.from(types) }, { name: '_rels/.rels', content: Buffer.from(relations('officeDocument', 'xl/workbook.xml')) },
    { name: 'xl/workbook.xml', content: Buffer.from(book) }, { name: 'xl/_rels/workbook.xml.rels', content: Buffer.from(relations('worksheet', 'worksheets/sheet1.xml')) },
    { name: 'xl/worksheets/sheet1.xml', content: Buffer.from(sheet) },
  ]);
}

// The first sheet as a table of cells by name: A1 → text.
export function cellsOf(bytes: Buffer): Map<string, string> {
  const entries = unzip(bytes);
  const shared = [...(entries.get('xl/sharedStrings.xml')?.toString('utf8') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, inner = '']) => plain([...inner.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join('')));
  const sheet = entries.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? '';
  const cells = new Map<string, string>();
  for (const [, name = '', facts = '', inner = ''] of sheet.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const value = /<v>(.*?)<\/v>/s.exec(inner)?.[1] ?? /<t[^>]*>(.*?)<\/t>/s.exec(inner)?.[1] ?? '';
    if (value !== '') cells.set(name, facts.includes('t="s"') ? shared[Number(value)] ?? '' : plain(value));
  }
  return cells;
}

// The same book with other texts in some cells of its first sheet; cells must be there already.
export function withCells(bytes: Buffer, changes: Readonly<Record<string, string>>): Buffer {
  const entries = [...unzip(bytes)].map(([name, content]) => {
    if (name !== 'xl/worksheets/sheet1.xml') return { name, content };
    let sheet = content.toString('utf8');
    for (const [cell, text] of Object.entries(changes)) {
      const found = new RegExp(`<c r="${cell}"((?: s="\\d+")?)[^>]*?(?:/>|>.*?</c>)`, 's');
      if (!found.test(sheet)) throw new Error(`the sheet has no cell ${cell}`);
      sheet = sheet.replace(found, (_whole, style: string) => `<c r="${cell}"${style} t="inlineStr"><is><t>${escaped(text)}</t></is></c>`);
    }
    return { name, content: Buffer.from(sheet) };
  });
  return zip(entries);
}
