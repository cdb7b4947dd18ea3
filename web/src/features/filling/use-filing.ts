// One filing that is open on the page: its parts being filled, their grids, the draft, and what the gate says of them.
import { computed, reactive, ref, shallowRef, watch, type Ref } from 'vue';
import { Sheet } from '@/grid/sheet';
import { sentence } from '@/i18n';
import { useQuestion } from '@/request/use-request';
import { checkParts, readFiling, readSubmission } from './api';
import { cellIn, cellsOf, ledgerModel, messagesIn, offeredIn, rowsIn, storedTableModel, tableModel, type FormDefinition, type Placed } from './forms';
import { addressOf, canDo, type OpenedFiling, type PartContent, type PartDefinition, type PartReport, type Parts } from './model';
import { useDraft } from './use-draft';

interface StoredPart { values?: Record<string, string>; rows?: Record<string, string>[] }
const copy = (value: unknown): PartContent => JSON.parse(JSON.stringify(value ?? {})) as PartContent;

export function useFiling(id: Ref<string>) {
  const asked = useQuestion(readFiling);
  const checking = useQuestion(checkParts);
  const opened = shallowRef<OpenedFiling>();
  const contents = reactive<Parts>({});
  const sheets = shallowRef(new Map<string, Sheet>());
  const reports = shallowRef(new Map<string, PartReport>());
  const missing = shallowRef<string[]>([]);
  const filingVersion = ref(0);
  const edition = ref(0);  // rises whenever the page takes content anew

  const editable = computed(() => canDo(opened.value?.routes ?? [], 'save_draft').length > 0);
  const partOf = (part: string): PartDefinition | undefined => opened.value?.parts.find((one) => one.id === part);
  const formOf = (part: PartDefinition): FormDefinition | undefined => opened.value?.forms[part.formDigest] as FormDefinition | undefined;

  // A part as it is to be saved; grids tell theirs, everything else stands in contents.
  function collect(part: string): PartContent {
    const content = copy(contents[part]);
    const sheet = sheets.value.get(part);
    if (sheet?.grows) content.rows = rowsIn(sheet);
    else if (sheet) {
      content.cells = cellsOf(sheet, offeredIn(first.get(part)).values);
      const held = content.cells;
      content.reasons = Object.fromEntries(Object.entries(content.reasons ?? {}).filter(([cell]) => held[cell] !== undefined));
    }
    return content;
  }
  const collectAll = (): Parts => Object.fromEntries((opened.value?.parts ?? []).map((part) => [part.id, collect(part.id)]));

  const draft = useDraft(() => id.value, collect, (version) => {
    filingVersion.value = version;
    begun();
    void check();
  });

  // The first save turns what is expected into a draft, also in the head of the page.
  function begun(): void {
    const held = opened.value;
    if (!held?.routes.some((route) => route.state === 'expected')) return;
    opened.value = { ...held, routes: held.routes.map((route) => (route.state === 'expected' ? { ...route, state: 'draft' } : route)) };
  }

  // What the grids were built on; later reports speak of typed values and no longer name what was offered.
  const first = new Map<string, PartReport>();

  function touch(part: string): void {
    if (editable.value) draft.touch(part);
  }

  function buildSheet(part: PartDefinition, report: PartReport | undefined, stored: PartContent & { values?: Record<string, string> }): Sheet | null {
    const form = formOf(part);
    if (!form || (part.kind !== 'table' && part.kind !== 'ledger')) return null;
    const year = Number(opened.value!.filing.windowTo.slice(0, 4));
    if (part.kind === 'ledger') return new Sheet(ledgerModel(form, stored, year));
    return new Sheet(stored.values && !editable.value ? storedTableModel(form, stored.values) : tableModel(form, stored, report));
  }

  function take(parts: Readonly<Record<string, unknown>>, given: readonly PartReport[]): void {
    const byId = new Map(given.map((report) => [report.id, report]));
    const built = new Map<string, Sheet>();
    first.clear();
    for (const key of Object.keys(contents)) delete contents[key];
    for (const part of opened.value!.parts) {
      const stored = copy(parts[part.id]);
      if (part.kind === 'narrative' && !stored.paragraphs?.length) stored.paragraphs = [''];
      const report = byId.get(part.id);
      if (report) first.set(part.id, report);
      contents[part.id] = stored;
      const sheet = buildSheet(part, report, stored);
      if (!sheet) continue;
      sheet.listen((edit) => { if (edit) touch(part.id); });
      built.set(part.id, sheet);
    }
    sheets.value = built;
    reports.value = byId;
    edition.value += 1;
    annotate();
  }

  // What the returned version holds, so that the page can tell a place that is still as it was from one that has been changed.
  const returnedParts = shallowRef<Record<string, StoredPart>>({});
  async function readReturned(answer: OpenedFiling): Promise<void> {
    const newest = answer.submissions[answer.submissions.length - 1];
    const points = answer.routes.some((route) => route.returned?.anchors.length);
    const whole = points && newest ? await readSubmission(answer.filing.id, newest.number) : undefined;
    returnedParts.value = (whole?.data?.content as { parts?: Record<string, StoredPart> } | undefined)?.parts ?? {};
  }
  function returnedValue(part: string, place: string): string | undefined {
    const stored = returnedParts.value[part];
    const row = /^r(\d+)\.(.+)$/.exec(place);
    if (stored?.rows) return row ? stored.rows[Number(row[1]) - 1]?.[row[2]!] ?? '' : undefined;
    return stored?.values && place.includes('.') ? stored.values[place] ?? '' : undefined;
  }
  const isChanged = (path: string): boolean => {
    void reports.value;  // looked at again after each check
    const { part, place } = addressOf(path);
    const [sheet, before] = [sheets.value.get(part), returnedValue(part, place)];
    const cell = sheet && before !== undefined ? cellIn(sheet, place) : null;
    return cell !== null && sheet!.value(cell) !== before;
  };

  async function load(): Promise<void> {
    const answer = await asked.run(id.value);
    if (!answer) return;
    await readReturned(answer);
    if (answer.filing.id !== id.value) return;  // the page has gone on to another filing
    opened.value = answer;
    filingVersion.value = answer.filing.version;
    draft.begin(answer.draft);
    const newest = answer.submissions[answer.submissions.length - 1];
    if (editable.value || !newest) {
      take(answer.draft.parts, answer.report);
      if (editable.value) await check();
      return;
    }
    const whole = await readSubmission(id.value, newest.number);
    if (answer.filing.id !== id.value) return;
    const content = whole.data?.content as { parts?: Record<string, unknown> } | undefined;
    take(papersAsIds(content?.parts ?? {}), []);
  }

  async function check(): Promise<boolean> {
    const answer = await checking.run(id.value, collectAll());
    if (!answer) return false;
    reports.value = new Map(answer.parts.map((report) => [report.id, report]));
    missing.value = answer.missing;
    annotate();
    return true;
  }

  // Marks cells: what must be mended, what must be explained (a figure typed over what was offered is right, it only wants its reason), what the return points at.
  function annotate(): void {
    for (const [part, sheet] of sheets.value) {
      const report = reports.value.get(part);
      const placed: Placed[] = (report?.errors ?? []).filter((error) => error.key !== 'form.required' || sheet.grows)
        .map((error) => ({ place: addressOf(error.path).place, level: error.key === 'filing.override_reason_missing' ? 'warning' as const : 'error' as const, text: sentence(error.key, error.params) }));
      for (const finding of report?.findings ?? []) {
        if (!finding.open) continue;
        const text = finding.message || sentence(finding.key, finding.params);
        for (const cell of finding.cells) if (addressOf(cell).part === part) placed.push({ place: addressOf(cell).place, level: finding.level === 'hard' ? 'error' : 'warning', text });
      }
      for (const route of opened.value?.routes ?? [])
        for (const anchor of route.returned?.anchors ?? []) {
          const address = addressOf(anchor.path);
          const before = returnedValue(part, address.place);
          if (address.part === part && address.place) placed.push({ place: address.place, level: 'note', text: anchor.note || route.returned!.reason, ...(before !== undefined && { about: before }) });
        }
      sheet.setMessages(messagesIn(sheet, placed));
    }
  }

  watch(id, () => { void load(); }, { immediate: true });
  return { asked, opened, contents, sheets, reports, missing, filingVersion, edition, editable, draft, partOf, formOf, touch, load, check, checking, isChanged };
}

// In a submission papers and items are described; the page asks for them by id.
function papersAsIds(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ids = (list: unknown): string[] | undefined =>
    Array.isArray(list) ? list.map((one) => (typeof one === 'string' ? one : String((one as { id?: unknown }).id ?? ''))).filter(Boolean) : undefined;
  return Object.fromEntries(Object.entries(parts).map(([name, given]) => {
    const part = given as Record<string, unknown>;
    return [name, { ...part, ...(part.attachments ? { attachments: ids(part.attachments) } : {}), ...(part.items ? { items: ids(part.items) } : {}) }];
  }));
}

export type FilingOnPage = ReturnType<typeof useFiling>;
