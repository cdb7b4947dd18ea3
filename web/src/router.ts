// Routes: sign-in stands alone, everything else is inside the shell and only for people signed in.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { loadSession } from '@/session/session';
import { innerPages, pages, pagesFor } from './pages';

// A way back is a path of ours; anything else ("//host", "https:…", "/\host") leads to the first page.
export function ownPath(asked: unknown): string {
  return typeof asked === 'string' && /^\/(?![/\\])/.test(asked) ? asked : '/';
}

const inside: RouteRecordRaw[] = [...pages, ...innerPages].map((page) => ({ name: page.name, path: page.path, component: page.load, props: true, meta: { title: page.title, right: page.right } }));

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('@/features/sign-in/SignInPage.vue') },
    {
      path: '/',
      component: () => import('@/shell/AppShell.vue'),
      children: [
        { path: '', name: 'home', component: () => import('@/shell/NoPage.vue') },
        { path: 'not-yours', name: 'not-yours', component: () => import('@/shell/NotYours.vue') },
        { path: 'password', name: 'password', component: () => import('@/features/sign-in/PasswordPage.vue') },
        ...inside,
        { path: ':rest(.*)*', name: 'not-found', component: () => import('@/shell/NotFound.vue') },
      ],
    },
  ],
});

router.beforeEach(async (to) => {
  if (to.name === 'sign-in') return true;
  const known = await loadSession();
  if (!known) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  if (known.mustChangePassword && to.name !== 'password') return { name: 'password' };
  // An address that was passed on, or a bookmark of another post: said in words instead of a page that stays empty.
  if (typeof to.meta.right === 'string' && !(known.rights as readonly string[]).includes(to.meta.right)) return { name: 'not-yours' };
  const first = pagesFor(known.rights)[0];
  return to.name === 'home' && first ? { name: first.name } : true;
});
