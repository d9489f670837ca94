import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedViews } from '#api/routes/views/list-views.ts';
import { jsonBody } from '../../api/client.ts';
import { useApi } from '../../api/context.ts';
import { useAction } from '../../api/use-action.ts';
import { useJson } from '../../api/use-fetch.ts';
import { useSession } from '../../session/use-session.ts';
import { type NamedView, readOwnViews, withoutView, withView, writeOwnViews } from './own-views.ts';

const VIEWS = '/v1/views';

/** The views of this browser and those of the tenant. They are read when they are needed. */
export function useSavedViews(isNeeded: boolean) {
  const api = useApi();
  const client = useQueryClient();
  const session = useSession(isNeeded);
  const shared = useJson<SavedViews>(isNeeded ? VIEWS : null);
  const [written, setWritten] = useState<readonly NamedView[]>();
  const tenantId = session?.tenant_id;
  const own = written ?? (tenantId === undefined ? [] : readOwnViews(tenantId));
  /** Changes what the browser has now: another tab may have written there. */
  function changeOwn(change: (views: readonly NamedView[]) => readonly NamedView[]) {
    if (tenantId === undefined) return;
    const views = change(readOwnViews(tenantId));
    writeOwnViews(tenantId, views);
    setWritten(views);
  }
  const change = useAction(async (path: string, init: RequestInit) => {
    await api(path, init);
    await client.invalidateQueries({ queryKey: [VIEWS] });
  });
  return {
    own,
    shared: shared.data?.data ?? [],
    error: shared.error ?? change.error,
    isReady: tenantId !== undefined,
    mayShare: session?.scopes.includes('views:write') ?? false,
    saveOwn: (view: NamedView) => changeOwn((views) => withView(views, view)),
    removeOwn: (view: NamedView) => changeOwn((views) => withoutView(views, view)),
    share: (view: NamedView) => change.run(VIEWS, jsonBody('POST', view)),
    unshare: (id: string) => change.run(`${VIEWS}/${id}`, { method: 'DELETE' }),
  };
}
