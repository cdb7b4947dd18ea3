// web/bin/node bench/notices.ts PROGRAM [--each] FOLDER[=TEXTS]…: how well the reader of notices does against gold, by the rules of
// tests/notices/README.md, "Comparing". A folder of gold; its texts lie beside it, or in TEXTS. --each names what was missed and what
// was false. --things measures what is read beside duties (phases, work lines, groups …) instead, where the gold has it. Asserts nothing.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

interface Duty {
  quote?: string; from: number; to: number; materials: string[]; reporters: string | null; recipient: string | null;
  recurrence: string; due: string | null; quotaMin: number | null; quotaMax: number | null; quotaUnit: string | null;
  optional: boolean;
}
interface Gold extends Duty { also?: Record<string, unknown[]>; alsoAt?: { from: number; to: number }[] }

const fields = ['recurrence', 'due', 'reporters', 'materials', 'recipient', 'quota'] as const;
type Field = (typeof fields)[number];

// The head of a notice.
const heads = ['title', 'docNumber', 'issuer', 'issueDate'] as const;
type Head = Partial<Record<(typeof heads)[number], string | null>>;

interface Tally { papers: number; heads: number[]; wanted: number; found: number; wrong: number; right: Record<Field, number>; matched: number; characters: number }
const nothing = (): Tally => ({ papers: 0, heads: heads.map(() => 0), wanted: 0, found: 0, wrong: 0, matched: 0, characters: 0, right: { recurrence: 0, due: 0, reporters: 0, materials: 0, recipient: 0, quota: 0 } });

const overlaps = (a: { from: number; to: number }, b: { from: number; to: number }) => a.from < b.to && b.from < a.to;
const places = (gold: Gold) => [gold, ...(gold.alsoAt ?? [])];

// Names as a set, without blanks and marks; one name counts as another when one holds the other.
const namesIn = (words: unknown): string[] => (Array.isArray(words) ? words : [words ?? '']).flatMap((one) =>
  String(one).replace(/[\s()（）《》“”"'‘’〔〕[\]]/g, '').split(/以及|[、,，和及与或]/)).filter((one) => one !== '');
const sameNames = (a: unknown, b: unknown): boolean => {
  const [left, right] = [namesIn(a), namesIn(b)];
  const covers = (some: string[], all: string[]) => some.every((one) => all.some((other) => one.includes(other) || other.includes(one)));
  return left.length === 0 || right.length === 0 ? left.length === right.length : covers(left, right) && covers(right, left);
};

const quotaOf = (duty: Duty) => `${duty.quotaMin ?? ''}-${duty.quotaMax ?? ''}-${duty.quotaUnit ?? ''}`;

function right(field: Field, find: Duty, gold: Gold): boolean {
  if (field === 'quota') return quotaOf(find) === quotaOf(gold);
  const allowed = [gold[field], ...(gold.also?.[field] ?? [])];
  const said = find[field] === '' ? null : find[field];
  return allowed.some((one) => (field === 'recurrence' || field === 'due' ? (one ?? null) === (said ?? null) : sameNames(one, said)));
}
const likeness = (find: Duty, gold: Gold) => (['due', 'recurrence', 'reporters', 'materials'] as const).filter((field) => right(field, find, gold)).length;

// One to one, the likeliest pairs first; of equal ones those that are nearer, so that a list of days keeps its order.
function match(finds: Duty[], golds: Gold[]): Map<Duty, Gold> {
  const pairs = finds.flatMap((find, f) => golds.flatMap((gold, g) => places(gold).some((place) => overlaps(find, place)) ? [{ find, gold, like: likeness(find, gold), far: Math.abs(f - g) }] : []));
  pairs.sort((a, b) => b.like - a.like || a.far - b.far);
  const out = new Map<Duty, Gold>(), taken = new Set<Gold>();
  for (const { find, gold } of pairs) {
    if (out.has(find) || taken.has(gold)) continue;
    out.set(find, gold);
    taken.add(gold);
  }
  return out;
}

const forgiven = (find: Duty, golds: Gold[]) => golds.some((gold) =>
  ((gold.optional || gold.alsoAt?.length) && places(gold).some((place) => overlaps(find, place))));

const [program, ...rest] = process.argv.slice(2);
const each = rest.includes('--each'), things = rest.includes('--things');
if (!program || rest.length === 0) throw new Error('notices.ts PROGRAM [--each] [--things] FOLDER[=TEXTS]…');

// --- beside duties: classes of things, found where places overlap, each with the fields that are compared

type Thing = { from: number; to: number; optional?: boolean } & Record<string, unknown>;
const classes: Record<string, string[]> = {
  papers: ['title', 'docNumber', 'issuer', 'issueDate'], phases: ['title', 'startDate', 'endDate'], workLines: ['title'],
  leadingGroup: ['role', 'post', 'organization'], sectors: ['sector', 'leads', 'responsible', 'supports'], ledgerColumns: ['form', 'columns'],
  evaluation: ['effect', 'points'], keyDates: ['startDate', 'endDate'], replaces: ['title', 'docNumber', 'issueDate', 'scope'],
};
interface ThingTally { wanted: number; found: number; wrong: number; right: number; fields: number }

const equalField = (a: unknown, b: unknown, field: string): boolean => (/Date$|points|effect/.test(field) ? (a ?? null) === (b ?? null) : sameNames(a ?? null, b ?? null));

function measureThings(kind: string, name: string, finds: Thing[], golds: Thing[], text: string[], tally: ThingTally) {
  const fieldsOf = classes[kind]!, like = (a: Thing, b: Thing) => fieldsOf.filter((one) => equalField(a[one], b[one], one)).length;
  const pairs = finds.flatMap((find, f) => golds.flatMap((gold, g) => (overlaps(find, gold) ? [{ find, gold, like: like(find, gold), far: Math.abs(f - g) }] : [])));
  pairs.sort((a, b) => b.like - a.like || a.far - b.far);
  const taken = new Map<Thing, Thing>(), used = new Set<Thing>();
  for (const { find, gold } of pairs) if (!taken.has(find) && !used.has(gold)) taken.set(find, gold), used.add(gold);
  const lines: string[] = [];
  const said = (one: Thing) => `${text.slice(one.from, Math.min(one.to, one.from + 60)).join('').replace(/\n/g, '⏎')} ${JSON.stringify(Object.fromEntries(fieldsOf.map((field) => [field, one[field] ?? null])))}`;
  for (const gold of golds) {
    if (gold.optional) continue;
    ++tally.wanted;
    if (used.has(gold)) ++tally.found;
    else lines.push(`  MISSED ${kind} ${said(gold)}`);
  }
  for (const find of finds)
    if (!taken.has(find) && !golds.some((gold) => gold.optional && overlaps(find, gold))) ++tally.wrong, lines.push(`  FALSE  ${kind} ${said(find)}`);
  for (const [find, gold] of taken) {
    if (gold.optional) continue;
    tally.fields += fieldsOf.length;
    tally.right += like(find, gold);
    if (like(find, gold) < fieldsOf.length) lines.push(`  DIFFERS ${kind} gold ${said(gold)}\n          read ${said(find)}`);
  }
  if (each && lines.length) console.log(`${name}\n${lines.join('\n')}`);
}

function readGold(path: string): (Head & { duties: Gold[] }) | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Head & { duties: Gold[] }) : undefined;
}
const shown = (duty: Duty) => `${duty.recurrence} ${duty.due ?? '-'} [${duty.reporters ?? ''}] ${JSON.stringify(duty.materials)} → ${duty.recipient ?? ''}`;

function tell(name: string, text: string[], finds: Duty[], golds: Gold[], matched: Map<Duty, Gold>) {
  const said = (duty: Duty) => text.slice(duty.from, duty.to).join('').replace(/\n/g, '⏎');
  const lines: string[] = [];
  for (const gold of golds) if (!gold.optional && ![...matched.values()].includes(gold)) lines.push(`  MISSED ${said(gold)}\n         ${shown(gold)}`);
  for (const find of finds) if (!matched.has(find) && !forgiven(find, golds)) lines.push(`  FALSE  ${said(find)}\n         ${shown(find)}`);
  for (const [find, gold] of matched) {
    const off = fields.filter((field) => !right(field, find, gold));
    if (off.length) lines.push(`  DIFFERS (${off.join(', ')}) ${said(gold)}\n         gold ${shown(gold)} ${quotaOf(gold)}\n         read ${shown(find)} ${quotaOf(find)}`);
  }
  if (lines.length) console.log(`${name}\n${lines.join('\n')}`);
}

function measure(folder: string, texts: string): Tally {
  const tally = nothing();
  for (const file of readdirSync(folder).filter((one) => one.endsWith(folder === texts ? '.txt' : '.json')).sort()) {
    const name = basename(file).replace(/\.(txt|json)$/, '');
    const path = join(texts, `${name}.txt`);
    if (!existsSync(path)) {
      console.log(`  ${path} is not there: not measured`);
      continue;
    }
    const gold = readGold(join(folder, `${name}.json`));
    const golds = gold?.duties ?? [];
    const read = JSON.parse(execFileSync(program!, ['notice', 'extract', path, '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })) as Head & { duties: Duty[] };
    const finds = read.duties;
    if (gold) {
      ++tally.papers;
      heads.forEach((head, i) => {
        if (sameNames(gold[head] ?? null, read[head] || null)) ++tally.heads[i]!;
        else if (each) console.log(`${name} ${head}: gold ${gold[head]}, read ${read[head]}`);
      });
    }
    const matched = match(finds, golds);
    const text = [...readFileSync(path, 'utf8').replace(/^\ufeff/, '')];
    if (each) tell(name, text, finds, golds, matched);
    tally.characters += text.length;
    tally.wanted += golds.filter((one) => !one.optional).length;
    tally.found += [...matched.values()].filter((one) => !one.optional).length;
    tally.wrong += finds.filter((find) => !matched.has(find) && !forgiven(find, golds)).length;
    for (const [find, gold] of matched) {
      if (gold.optional) continue;
      ++tally.matched;
      for (const field of fields) if (right(field, find, gold)) ++tally.right[field];
    }
  }
  return tally;
}

function measureThingsOf(folder: string, texts: string): Record<string, ThingTally> {
  const tallies = Object.fromEntries(Object.keys(classes).map((kind) => [kind, { wanted: 0, found: 0, wrong: 0, right: 0, fields: 0 }]));
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.json')).sort()) {
    const name = basename(file, '.json'), path = join(texts, `${name}.txt`);
    const gold = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Thing[]>;
    if (!existsSync(path)) continue;
    const read = JSON.parse(execFileSync(program!, ['notice', 'extract', path, '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })) as Record<string, Thing[]>;
    const text = [...readFileSync(path, 'utf8').replace(/^\ufeff/, '')];
    for (const [kind, tally] of Object.entries(tallies)) if (gold[kind]) measureThings(kind, name, read[kind] ?? [], gold[kind], text, tally);
  }
  return tallies;
}

const share = (part: number, whole: number) => (whole === 0 ? '  -  ' : (part / whole).toFixed(3));
for (const argument of things ? rest.filter((one) => !one.startsWith('--')) : []) {
  const [folder, texts] = argument.split('=');
  console.log(['folder', 'class', 'things', 'precision', 'recall', 'fields'].join('\t'));
  for (const [kind, tally] of Object.entries(measureThingsOf(folder!, texts ?? folder!)))
    console.log([basename(folder!), kind, tally.wanted, share(tally.found, tally.found + tally.wrong), share(tally.found, tally.wanted), share(tally.right, tally.fields)].join('\t'));
}
if (things) process.exit(0);
console.log(['folder', 'duties', 'precision', 'recall', 'F1', ...fields, 'false per 5,000 characters', ...heads].join('\t'));
for (const argument of rest.filter((one) => !one.startsWith('--'))) {
  const [folder, texts] = argument.split('=');
  const tally = measure(folder!, texts ?? folder!);
  const precision = tally.found / (tally.found + tally.wrong), recall = tally.found / tally.wanted;
  console.log([basename(folder!), tally.wanted, share(tally.found, tally.found + tally.wrong), share(tally.found, tally.wanted),
    tally.found ? ((2 * precision * recall) / (precision + recall)).toFixed(3) : '  -  ',
    ...fields.map((field) => share(tally.right[field], tally.matched)), ((tally.wrong * 5000) / tally.characters).toFixed(2), ...tally.heads.map((n) => share(n, tally.papers))].join('\t'));
}
