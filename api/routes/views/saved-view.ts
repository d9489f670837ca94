import { hash } from 'node:crypto';
import { z } from 'zod';
import type { SavedView as StoredView } from '#clickhouse/saved-views/saved-views.ts';
import { name } from '../fields.ts';

/** What a view is created with. */
export const savedViewBody = z
  .strictObject({
    name,
    query: z
      .string('must be text')
      .max(4000, 'must have at most 4000 characters')
      .regex(/^[\w*\-.%&=+]*$/, 'must be parameters of an address, percent-encoded')
      .meta({ description: 'The parameters of the page’s address, as in `range=30d&by=model`' }),
  })
  .meta({ id: 'NewView' });

export const viewId = z
  .string('must be given once')
  .regex(/^view-[0-9a-f]{16}$/, 'must be the id of a view')
  .meta({ description: 'The id of a view' });

export const savedView = z
  .object({
    id: z.string().meta({ description: 'Follows from the name' }),
    name: z.string(),
    query: z.string().meta({ description: 'The parameters of the page’s address' }),
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof savedView>;

/** The same name always has the same id, so that a second view of a name replaces the first. */
export const viewIdOf = (name: string) => `view-${hash('sha256', name.normalize('NFC'), 'hex').slice(0, 16)}`;

export const toSavedView = ({ view_id, ...view }: StoredView): SavedView => ({ id: view_id, ...view });
