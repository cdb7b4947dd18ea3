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
  right?: string;      // who sees it in the navigation; absent: everyone signed in. The server decides what it answers.
  load: () => Promise<{ default: Component }>;
}

export const pages: Page[] = [
  { name: 'todo', path: 'my-work', title: 'nav.todo', group: 'work', icon: 'todo', right: 'filings_read', load: () => import('@/features/my-work/MyWorkPage.vue') },
  { name: 'articles', path: 'articles', title: 'nav.articles', group: 'work', icon: 'articles', right: 'items_read', load: () => import('@/features/items/ArticlesPage.vue') },
  { name: 'review', path: 'review', title: 'nav.review', group: 'work', icon: 'review', right: 'filings_review', load: () => import('@/features/review/ReviewPage.vue') },
  { name: 'matrix', path: 'matrix', title: 'nav.matrix', group: 'dispatch', icon: 'matrix', right: 'matrix_read', load: () => import('@/features/matrix/MatrixPage.vue') },
  { name: 'totals', path: 'totals', title: 'nav.totals', group: 'dispatch', icon: 'totals', right: 'totals_read', load: () => import('@/features/totals/TotalsPage.vue') },
  { name: 'campaign', path: 'campaign', title: 'nav.campaigns', group: 'dispatch', icon: 'campaign', right: 'campaigns_read', load: () => import('@/features/campaigns/CampaignPage.vue') },
  { name: 'notices', path: 'notices', title: 'nav.notices', group: 'dispatch', icon: 'notice', right: 'campaigns_publish', load: () => import('@/features/notices/NoticesPage.vue') },
  { name: 'organizations', path: 'organizations', title: 'nav.organizations', group: 'manage', icon: 'organizations', right: 'organizations_read', load: () => import('@/features/organizations/OrganizationsPage.vue') },
  { name: 'journal', path: 'journal', title: 'nav.journal', group: 'manage', icon: 'journal', right: 'journal_read', load: () => import('@/features/journal/JournalPage.vue') },
];

// Pages that are reached from others and have no place in the navigation: one filing, one organization.
export interface InnerPage { name: string; path: string; title: PlainKey; right: string; load: Page['load'] }
export const innerPages: InnerPage[] = [
  { name: 'filing', path: 'filings/:id', title: 'nav.filing', right: 'filings_read', load: () => import('@/features/filling/FilingPage.vue') },
  { name: 'receipt', path: 'filings/:id/receipts/:number', title: 'nav.filing', right: 'filings_read', load: () => import('@/features/filling/ReceiptPage.vue') },
  { name: 'notice', path: 'notices/:id', title: 'nav.notices', right: 'campaigns_publish', load: () => import('@/features/notices/NoticePage.vue') },
  { name: 'read', path: 'read/:id', title: 'nav.filing', right: 'filings_read', load: () => import('@/features/review/ReadPage.vue') },
];

export function pagesFor(rights: readonly string[]): Page[] {
  return pages.filter((page) => page.right === undefined || rights.includes(page.right));
}
