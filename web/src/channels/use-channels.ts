import type { ChannelView } from '#api/routes/channels/channel-view.ts';
import { useJson } from '../api/use-fetch.ts';

/** The path of the list, and its key among the queries. */
export const CHANNELS = '/v1/channels';

/** Where the tenant's alerts and digests are sent. */
export function useChannels() {
  const { data, error } = useJson<{ data: ChannelView[] }>(CHANNELS);
  return { channels: data?.data, error };
}
