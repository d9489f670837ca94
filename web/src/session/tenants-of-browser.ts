const KEY = 'tenants';

/** Whether this browser has been used for other tenants, too. Keeps that it was used for this one. */
export function isOneOfSeveral(tenantId: string): boolean {
  try {
    const known = new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[]).add(tenantId);
    localStorage.setItem(KEY, JSON.stringify([...known]));
    return known.size > 1;
  } catch {
    return false; // The browser keeps nothing, or something else wrote there.
  }
}
