// Everything that stands between a draft and handing it in, as one list to read and to jump from.
import { sayPlace } from '@/grid/say';
import type { Sheet } from '@/grid/sheet';
import { sentence, t } from '@/i18n';
import { cellIn } from './forms';
import { addressOf, type Finding, type PartDefinition, type PartReport } from './model';

export interface Jump { part: string; place: string }
export interface Problem extends Jump { key: string; title: string; text: string }
export interface Question extends Problem { finding: Finding }
export interface Override extends Problem { cell: string; offered: string }

// 燃气，隐患／排查数; 第 2 段; '' for the part as a whole.
export function sayAddress(sheet: Sheet | undefined, place: string): string {
  const paragraph = /^p(\d+)$/.exec(place);
  if (paragraph) return t('fill.paragraph', { number: paragraph[1]! });
  const cell = sheet && place ? cellIn(sheet, place) : null;
  const at = cell ? sheet!.placeOf(cell) : null;
  return at ? sayPlace(sheet!, at) : '';
}

interface Known { parts: readonly PartDefinition[]; reports: ReadonlyMap<string, PartReport>; sheets: ReadonlyMap<string, Sheet> }

const named = (known: Known, part: string, place: string): string =>
  [known.parts.find((one) => one.id === part)?.title ?? part, sayAddress(known.sheets.get(part), place)].filter(Boolean).join(t('word.colon'));

// Items still in draft are handed in together with the filing; a missing reason has a field of its own.
const toldElsewhere = new Set(['filing.override_reason_missing', 'filing.item_not_handed_in']);

export function errorsIn(known: Known): Problem[] {
  return [...known.reports.values()].flatMap((report) => report.errors.filter((error) => !toldElsewhere.has(error.key)).map((error, index) => {
    const { part, place } = addressOf(error.path);
    return { key: `${report.id}-${index}-${error.path}`, part, place, title: named(known, part, place), text: sentence(error.key, error.params) };
  }));
}

export function questionsIn(known: Known): Question[] {
  return [...known.reports.values()].flatMap((report) => report.findings.map((finding) => {
    const { part, place } = addressOf(finding.cells.find((cell) => addressOf(cell).part === report.id) ?? report.id);
    const others = finding.cells.filter((cell) => addressOf(cell).part === report.id).slice(0, 2).map((cell) => sayAddress(known.sheets.get(report.id), addressOf(cell).place)).filter(Boolean);
    const title = others.length > 1 ? others.join(' ／ ') : named(known, part, place);
    return { key: `${report.id}-${finding.id}`, part: report.id, place, title, text: finding.message || sentence(finding.key, finding.params), finding };
  }));
}

export function overridesIn(known: Known): Override[] {
  return [...known.reports.values()].flatMap((report) => Object.entries(report.offered).map(([cell, offered]) => ({
    key: `${report.id}-override-${cell}`, part: report.id, place: cell, cell, offered, title: named(known, report.id, cell),
    text: t('fill.overridden', { offered, typed: report.values[cell] ?? t('grid.blank') }),
  })));
}
