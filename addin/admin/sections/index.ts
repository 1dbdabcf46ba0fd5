import { lazy } from 'react';
import type { AdminWords } from '../../../words/admin.ts';

/** The sections of the page, one per feature, in the order of the list; each is loaded when it is wanted. A new one is a folder beside this file and a line here. */
export const sections = {
  status: lazy(async () => ({ default: (await import(/* webpackChunkName: "status" */ './status/section.tsx')).Status })),
  people: lazy(async () => ({ default: (await import(/* webpackChunkName: "people" */ './people/section.tsx')).People })),
  groups: lazy(async () => ({ default: (await import(/* webpackChunkName: "groups" */ './groups/section.tsx')).Groups })),
  rules: lazy(async () => ({ default: (await import(/* webpackChunkName: "rules" */ './rules/section.tsx')).Rules })),
  timeline: lazy(async () => ({ default: (await import(/* webpackChunkName: "timeline" */ './timeline/section.tsx')).Timeline })),
  templates: lazy(async () => ({ default: (await import(/* webpackChunkName: "templates" */ './templates/section.tsx')).Templates })),
  reissue: lazy(async () => ({ default: (await import(/* webpackChunkName: "reissue" */ './reissue/section.tsx')).Reissue })),
} as const satisfies Record<keyof AdminWords['sections'], unknown>;

export type SectionName = keyof typeof sections;

/** The section that an address names (`#templates`); the first for any other. */
export function sectionOf(hash: string): SectionName {
  const names = Object.keys(sections) as SectionName[];
  return names.find((name) => `#${name}` === hash) ?? 'status';
}
