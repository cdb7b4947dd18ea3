// What each key does. Kept apart from the component so that the table of keys can be read in one place.
import type { GridDeeds } from './use-grid';

export interface KeyScene { grid: GridDeeds; page: number; readonly: boolean; choosing: boolean; activate(): void }

const plainLetter = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;

// True when the key is dealt with and the browser must not act on it.
export function pressKey(event: KeyboardEvent, scene: KeyScene): boolean {
  if (event.isComposing || event.keyCode === 229) return false;  // the input method's own keys
  if (event.ctrlKey || event.metaKey) return pressControl(event, scene);
  return pressCommit(event, scene) || (scene.grid.mode.value !== 'editing' && !scene.choosing && pressMove(event, scene));
}

function pressControl(event: KeyboardEvent, { grid }: KeyScene): boolean {
  if (grid.mode.value !== 'ready') return false;
  const jumps: Record<string, () => void> = {
    ArrowUp: () => grid.moveTo({ row: 0 }, event.shiftKey),
    ArrowDown: () => grid.moveTo({ row: Infinity }, event.shiftKey),
    ArrowLeft: () => grid.moveTo({ column: 0 }, event.shiftKey),
    ArrowRight: () => grid.moveTo({ column: Infinity }, event.shiftKey),
    Home: () => grid.moveTo({ row: 0, column: 0 }, event.shiftKey),
    End: () => grid.moveTo({ row: Infinity, column: Infinity }, event.shiftKey),
    a: grid.selectAll,
    d: grid.fill,
    z: event.shiftKey ? grid.redo : grid.undo,
    y: grid.redo,
  };
  const act = jumps[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  act?.();
  return act !== undefined;
}

function pressCommit(event: KeyboardEvent, scene: KeyScene): boolean {
  const { grid } = scene;
  switch (event.key) {
    case 'Enter':
      if (event.altKey) return false;  // a line end inside a text
      if (scene.readonly) scene.activate();
      else grid.enterDown(event.shiftKey);
      return true;
    case 'Tab': return grid.tab(event.shiftKey);
    case 'Escape':
      grid.cancel();
      return false;
    default: return false;
  }
}

function pressMove(event: KeyboardEvent, { grid, page }: KeyScene): boolean {
  if (!plainLetter(event) && event.key !== 'ArrowDown') return false;
  const moves: Record<string, () => unknown> = {
    ArrowUp: () => grid.move(-1, 0, event.shiftKey),
    ArrowDown: () => (event.altKey ? grid.begin('editing') : grid.move(1, 0, event.shiftKey)),
    ArrowLeft: () => grid.move(0, -1, event.shiftKey),
    ArrowRight: () => grid.move(0, 1, event.shiftKey),
    Home: () => grid.moveTo({ column: 0 }, event.shiftKey),
    End: () => grid.moveTo({ column: Infinity }, event.shiftKey),
    PageUp: () => grid.move(-page, 0, event.shiftKey),
    PageDown: () => grid.move(page, 0, event.shiftKey),
  };
  const ready: Record<string, () => unknown> = { F2: () => grid.begin('editing'), Delete: grid.clearSelected, Backspace: grid.clearSelected };
  const act = moves[event.key] ?? (grid.mode.value === 'ready' ? ready[event.key] : undefined);
  act?.();
  return act !== undefined;
}
