import { describe, expect, it } from 'vitest';
import messagesEn from '@messages/en.json';
import messagesZh from '@messages/zh.json';
import { en } from '@/locales/en';
import { zh } from '@/locales/zh';
import { sentence, setLocale, t } from '.';

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

describe('words in two languages', () => {
  it('every English sentence takes the parameters of the Chinese one', () => {
    for (const [key, chinese] of Object.entries(zh)) expect([key, names(en[key as keyof typeof zh])]).toEqual([key, names(chinese)]);
  });

  it('every refusal has both sentences, with the same parameters', () => {
    expect(Object.keys(messagesEn).sort()).toEqual(Object.keys(messagesZh).sort());
    const english: Record<string, string> = messagesEn;
    for (const [key, chinese] of Object.entries(messagesZh)) expect([key, names(english[key] ?? '')]).toEqual([key, names(chinese)]);
  });

  it('parameters are put in as text, so hostile text stays text', () => {
    setLocale('zh');
    expect(t('app.account', { name: '<img onerror=x>{name}' })).toBe('登录名：<img onerror=x>{name}');
  });

  it('a key this page does not know is named, not hidden', () => {
    setLocale('zh');
    expect(sentence('no.such_key')).toBe('操作未被接受（no.such_key）。');
  });

  it('a state inside a refusal is said in words', () => {
    setLocale('zh');
    expect(sentence('filing.changed_meanwhile', { state: 'accepted' })).toContain('已通过');
  });

  it('the language is remembered and told to the browser', () => {
    setLocale('en');
    expect(t('nav.todo')).toBe('My work');
    expect(document.documentElement.lang).toBe('en');
    expect(localStorage.getItem('anban.locale')).toBe('en');
    setLocale('zh');
  });
});
