import type { Contract } from './describe.ts';

/** A promise that is no longer kept; `of` is a view, or a column as `view.column`. */
export type ContractChange = { of: string; what: string };

/**
 * What of the old contract the new one no longer keeps. What is new in it breaks nothing. Values are compared only where
 * they are of the same rows.
 */
export function changesOf(before: Contract, now: Contract): ContractChange[] {
  return Object.entries(before.views).flatMap(([view, old]): ContractChange[] => {
    const present = now.views[view];
    if (!present) return [{ of: view, what: 'is gone, or not stable any more' }];
    const columns = Object.entries(old.columns).flatMap(([name, { type, meaning, values }]): ContractChange[] => {
      const column = present.columns[name];
      const of = `${view}.${name}`;
      if (!column) return [{ of, what: 'is gone, or not stable any more' }];
      if (column.type !== type) return [{ of, what: `was ${type}, is ${column.type}` }];
      if (column.meaning !== meaning) return [{ of, what: 'is described in other words' }];
      return column.values === values || before.rows !== now.rows
        ? []
        : [{ of, what: 'has other values for the same rows' }];
    });
    return present.meaning === old.meaning ? columns : [{ of: view, what: 'is described in other words' }, ...columns];
  });
}

/**
 * The changes that the changelog does not name, in code style as `view.column`, in a section that came after the
 * contract: those above the version that promised it, and that version's own while it is unreleased.
 */
export function unnamed(changes: readonly ContractChange[], changelog: string, { version }: Contract) {
  const sections = changelog.split(/^(?=## )/m).filter((section) => section.startsWith('## '));
  const own = sections.findIndex((section) => section.startsWith(`## [${version}]`));
  if (own < 0) throw new Error(`CHANGELOG.md has no section of version ${version}, which the contract is of.`);
  const isOpen = /^## .*Unreleased/.test(sections[own] ?? '');
  const later = sections.slice(0, isOpen ? own + 1 : own).join('');
  return changes.filter(({ of }) => !later.includes(`\`${of}\``));
}
