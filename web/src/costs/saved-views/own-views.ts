/** A view under a name: `query` has the parameters of its address. */
export type NamedView = { name: string; query: string };

/** Views of this browser alone; those of other tenants have a key of their own. */
const keyOf = (tenantId: string) => `views of ${tenantId}`;

export function readOwnViews(tenantId: string): NamedView[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(tenantId)) ?? '[]') as NamedView[];
  } catch {
    return []; // The browser keeps nothing, or something else wrote there.
  }
}

export const writeOwnViews = (tenantId: string, views: readonly NamedView[]) =>
  localStorage.setItem(keyOf(tenantId), JSON.stringify(views));

/** A second view of a name replaces the first. */
export const withView = (views: readonly NamedView[], view: NamedView): NamedView[] =>
  [...withoutView(views, view), view].toSorted((a, b) => (a.name < b.name ? -1 : 1));

export const withoutView = (views: readonly NamedView[], { name }: NamedView): NamedView[] =>
  views.filter((each) => each.name !== name);
