// t() for the page's words, sentence() for the keys of refusals, and the language in use (kept in this browser).
import { ref } from 'vue';
import messagesEn from '@messages/en.json';
import messagesZh from '@messages/zh.json';
import { markWords, type Mark } from '@/design/marks';
import { en } from '@/locales/en';
import { zh } from '@/locales/zh';
import { fill, type Key, type TranslateArguments, type Words } from './words';

export type Locale = 'zh' | 'en';
export type { Key, PlainKey } from './words';

const words: Record<Locale, Words> = { zh, en };
const messages: Record<Locale, Record<string, string>> = { zh: messagesZh, en: messagesEn };
const remembered = 'anban.locale';

function initial(): Locale {
  return localStorage.getItem(remembered) === 'en' ? 'en' : 'zh';
}

export const locale = ref<Locale>(initial());

export function setLocale(next: Locale): void {
  locale.value = next;
  localStorage.setItem(remembered, next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
}

export function t<K extends Key>(...[key, params]: TranslateArguments<K>): string {
  return fill(words[locale.value][key], params as Record<string, string | number> | undefined);
}

// The sentence of a key that came from the server; a key this page does not know is shown as it is, never hidden.
export function sentence(key: string, params: Readonly<Record<string, string>> = {}): string {
  const known = messages[locale.value][key] ?? messages.zh[key];
  return known === undefined ? t('request.unknownRefusal', { key }) : fill(known, params.state !== undefined && params.state in markWords ? { ...params, state: t(markWords[params.state as Mark]) } : params);
}
