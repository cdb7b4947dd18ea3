// What the server says of notices. Written by hand until the endpoints stand in docs/api/openapi.json; then Answered<…> takes its place.
export type Recurrence = 'once' | 'weekly' | 'monthly' | 'quarterly' | 'halfyearly' | 'yearly' | 'daily' | 'immediate';
export type NoticeState = 'draft' | 'published';

export interface NoticeLine {
  id: string; name: string; title: string; state: NoticeState; campaignId: string | null; duties: number; changedAt: string; changedBy: string;
}

// from, to: place of the quote in the notice's text, in Unicode code points, end exclusive.
export interface Duty {
  quote: string; from: number; to: number;
  materials: string[]; reporters: string; recipient: string;
  recurrence: Recurrence; due: string | null; activeFrom: string | null; activeTo: string | null;
  quotaMin: number | null; quotaMax: number | null; quotaUnit: string | null; quotaPer: string | null;
  papers: string[]; windowRule: string | null; nil: boolean; soft: boolean; event: string | null;
  optional: boolean; confidence: number; repairs: string[]; why: string[]; section: string;
  dueReadings: string[] | null;  // of a damaged day that may be several: a person says which, then null
}

export interface SaidName { said: string; name: string }
export interface Unit { said: string; name: string; level: string; division: string; resolved: boolean; known: boolean }
export interface UnitGroup { words: string; units: Unit[] }

// What the office may change of a notice; a PUT sends all of it.
export interface Editable {
  title: string; docNumber: string; issuer: string; addressees: string;
  issued: string | null; periodFrom: string | null; periodTo: string | null;
  duties: Duty[]; names: SaidName[];
}

// What was read beside the duties, each with its place in the text.
interface Found { quote: string; from: number; to: number }
export interface AlsoRead {
  papers: { title: string; docNumber: string; issuer: string; issueDate?: string | null; from: number; to: number }[];
  replaces: (Found & { title: string; docNumber: string; issueDate?: string | null; scope: string })[];
  phases: (Found & { title: string; startDate?: string | null; endDate?: string | null; repairs: string[] })[];
  workLines: (Found & { title: string; under: string; section: string })[];
  leadingGroup: (Found & { role: string; post: string; organization: string })[];
  sectors: (Found & { sector: string; leads: string[]; responsible: string[]; supports: string[]; tasks: string[] })[];
  ledgerColumns: (Found & { form: string; columns: string[] })[];
  evaluation: (Found & { effect: 'deduct' | 'add' | 'full' | 'grade' | 'counts' | 'rank' | 'veto' | 'point'; points?: string | null; what: string; section: string; repairs: string[] })[];
  keyDates: (Found & { what: string; startDate?: string | null; endDate?: string | null; repairs: string[] })[];
}

export interface NoticeDraft extends Editable {
  id: string; version: number; name: string; state: NoticeState; campaignId: string | null; text: string;
  issueDate: string | null; officeWill: Duty[]; groups: UnitGroup[]; alsoRead: AlsoRead;
}

export interface CalendarItem {
  duty: string; title: string; due: string | null; windowFrom: string; windowTo: string; units: number; onRestDay: boolean;
}
export interface NoticeCalendar { items: CalendarItem[]; faults: { text: string; duty?: number | null }[] }

export interface Move { slot: string; before: string | null; after: string | null }
export interface DutyChange {
  title: string; duty: string | null; change: 'added' | 'dropped' | 'moved' | 'same'; moved: number; moves: Move[];
  reportersAdded: string[]; reportersRemoved: string[];
}

export interface Publication {
  campaignId: string; organizationsOpened: string[]; reporters: number; duties: string[]; issued: number; bornLate: number;
}
