// Types of the page's words: which keys there are, and which parameters the sentence of a key wants.
import type { zh } from '@/locales/zh';

export type Key = keyof typeof zh;
export type Words = Record<Key, string>;

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
export type ParamsOf<K extends Key> = { [Name in Names<(typeof zh)[K]>]: string | number };

// Keys whose sentence takes no parameter: what tables of keys (pages, marks) are made of.
export type PlainKey = { [K in Key]: [Names<(typeof zh)[K]>] extends [never] ? K : never }[Key];

// t('nav.todo') but t('grid.pasted', { count: 3 }): a missing or misspelt parameter does not compile.
export type TranslateArguments<K extends Key> = [Names<(typeof zh)[K]>] extends [never] ? [key: K] : [key: K, params: ParamsOf<K>];

// Puts {name} values into a sentence. An unknown name stays visible, so that a mistake is seen and not swallowed.
export function fill(sentence: string, params: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}
