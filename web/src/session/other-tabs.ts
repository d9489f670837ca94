import { storedToken } from './token-storage.ts';

/** Tabs of one origin in one browser. Nothing else can listen. */
const CHANNEL = 'pump-token';
/** An open tab responds within a few ms; a reader does not see this wait. */
const WAIT_MS = 150;

type Message = { ask: true } | { token: string };

/** Gives this tab's token to tabs that are opened later: of a link, or with the address pasted. */
export function answerOtherTabs(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    const token = storedToken();
    if ('ask' in data && token) channel.postMessage({ token } satisfies Message);
  };
}

/** The token of another open tab; null if there is none. */
export async function tokenOfOtherTabs(): Promise<string | null> {
  const channel = new BroadcastChannel(CHANNEL);
  const token = await new Promise<string | null>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Message>) => 'token' in data && resolve(data.token);
    channel.postMessage({ ask: true } satisfies Message);
    setTimeout(() => resolve(null), WAIT_MS);
  });
  channel.close();
  return token;
}
