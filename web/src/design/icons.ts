// Paths on a 16-unit square.
export const iconPaths = {
  articles: 'M2.5 6.2v3.6h2.6l5.4 3V3.2l-5.4 3zM12.4 6a3 3 0 0 1 0 4M5.2 9.8l.7 3.4h1.6',
  todo: 'M2.5 2.5h11v11h-11zM5 8l2.2 2.2L11 6',
  filing: 'M2.5 2.5h11v11h-11zM2.5 6h11M6.5 6v7.5',
  review: 'M4 1.5h8v13H4zM6 5h4M6 8h4M6 11h2',
  matrix: 'M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z',
  totals: 'M3 13.5v-5M8 13.5v-11M13 13.5V6',
  campaign: 'M3 14.5v-13M3 2h9l-2 3 2 3H3',
  organizations: 'M8 2v4M3.5 10V7.5h9V10M8 6v4M2 10h3v3.5H2zM6.5 10h3v3.5h-3zM11 10h3v3.5h-3z',
  journal: 'M3.5 2h9v12h-9zM6 5h4M6 8h4M3.5 11.5H2M3.5 8H2M3.5 4.5H2',
  notice: 'M3 1.5h7l3 3v10H3zM10 1.5v3h3M5.5 8h5M5.5 11h3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.5 10.5l3.5 3.5',
} as const;
export type IconName = keyof typeof iconPaths;
