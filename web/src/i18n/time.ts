// Instants as the page writes them. They come as RFC 3339 with +08:00 and are read as they stand: Beijing time wherever the browser is.
import { locale } from '.';

const parts = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2})(:\d{2})?)?/;

export function day(text: string): string {
  const found = parts.exec(text);
  if (!found) return text;
  return locale.value === 'zh' ? `${found[1]}年${Number(found[2])}月${Number(found[3])}日` : `${found[1]}-${found[2]}-${found[3]}`;
}

export function dayAndMinute(text: string): string {
  const minute = parts.exec(text)?.[4];
  return minute === undefined ? day(text) : `${day(text)} ${minute}`;
}
