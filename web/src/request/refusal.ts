// A refusal as the server states it (application/problem+json), and as the page says it.
import { sentence, t } from '@/i18n';

export interface FieldRefusal { path: string; code: string; params: Record<string, string>; sentence: string }

export interface Refusal {
  status: number;       // 0: no answer came
  code: string;         // key of the rule that said no
  params: Record<string, string>;
  errors: FieldRefusal[];
  requestId: string;
  sentence: string;     // in the page's language, ready to show
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

type Loose = Record<string, unknown>;
const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);

function textParams(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, String(held)]));
}

function fieldRefusal(value: unknown): FieldRefusal[] {
  if (!isRecord(value) || typeof value.code !== 'string') return [];
  const params = textParams(value.params);
  return [{ path: String(value.path ?? ''), code: value.code, params, sentence: sentence(value.code, params) }];
}

// What is not a problem document (a proxy's page, an empty body) is never shown as it came.
export function refusalOf(status: number, body: unknown, requestId: string): Refusal {
  const document = isRecord(body) ? body : {};
  const id = typeof document.requestId === 'string' ? document.requestId : requestId;
  if (typeof document.code !== 'string') {
    return { status, code: '', params: {}, errors: [], requestId: id, sentence: t('request.brokenServer', { requestId: id || String(status) }) };
  }
  const params = textParams(document.params);
  const errors = Array.isArray(document.errors) ? document.errors.flatMap(fieldRefusal) : [];
  return { status, code: document.code, params, errors, requestId: id, sentence: sentence(document.code, { requestId: id, ...params }) };
}

export function unreachable(): Refusal {
  return { status: 0, code: 'request.offline', params: {}, errors: [], requestId: '', sentence: t('request.offline') };
}
