// Every page of the side navigation: a feature adds its line here when its page exists, and not before.
import type { Component } from 'vue';
import type { IconName } from '@/design/icons';
import type { PlainKey } from '@/i18n';

export interface Page {
  name: string;        // also the route's name
  path: string;        // below the shell, without a leading slash
  title: PlainKey;
  group: 'work' | 'dispatch' | 'manage';
  icon: IconName;
  roles?: string[];    // who sees it in the navigation; absent: everyone. The server decides what it answers.
  load: () => Promise<{ default: Component }>;
}

export const pages: Page[] = [];

export function pagesFor(roles: readonly string[]): Page[] {
  return pages.filter((page) => !page.roles || page.roles.some((role) => roles.includes(role)));
}
