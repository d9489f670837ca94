import type { ChannelKind, Receipt } from './channel.ts';
import type { Message } from './message.ts';

/** Where a message goes. `id`: the same for each attempt to send the same message. */
export type Target = { id: string; url: string; signing_secret: string; recipients: readonly string[] };

export type Sent = Receipt & {
  /** How long the receiver asks to wait before the next attempt. */
  retryAfterMs?: number | undefined;
  /** Whether another attempt would end in the same way. */
  isFinal?: boolean;
  /** Of an e-mail that some refused: those who got it. */
  accepted?: readonly string[];
};

/** Sends a message once. It does not throw: the receipt says how it went. */
export type Send = (kind: ChannelKind, target: Target, message: Message) => Promise<Sent>;
