// "/" goes to the page's search field, where a list has one, unless the person is typing.
import { onBeforeUnmount, onMounted, type Ref } from 'vue';

interface Focusable { focus(): void }

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function useSlashSearch(field: Ref<Focusable | null | undefined>): void {
  function onKey(event: KeyboardEvent): void {
    if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || !field.value) return;
    event.preventDefault();
    field.value.focus();
  }
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
