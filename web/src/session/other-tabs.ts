import { storedToken } from './token-storage.ts';

/** Tabs of one origin in one browser. Nothing else can listen. */
const CHANNEL = 'pump-token';
/** An open tab responds within a few ms; a reader does not see this wait. */
const WAIT_MS = 150;

/** The asking tab gives an id: an answer is for that tab alone. */
type Message = { ask: string } | { token: string; to: string };

/** Gives this tab's token to tabs that are opened later: of a link, or with the address pasted. */
export function answerOtherTabs(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    const token = storedToken();
    if ('ask' in data && token) channel.postMessage({ token, to: data.ask } satisfies Message);
  };
}

/** The token of another open tab; null if there is none, or it is busy. */
export async function tokenOfOtherTabs(): Promise<string | null> {
  let end = () => {};
  const token = await new Promise<string | null>((resolve) => {
    end = askOtherTabs(resolve);
    setTimeout(() => resolve(null), WAIT_MS);
  });
  end();
  return token;
}

/** Asks other tabs for their token, and waits for it. @returns the function that ends the wait */
export function askOtherTabs(onToken: (token: string) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const id = String(Math.random());
  channel.onmessage = ({ data }: MessageEvent<Message>) => 'to' in data && data.to === id && onToken(data.token);
  channel.postMessage({ ask: id } satisfies Message);
  return () => channel.close();
}
