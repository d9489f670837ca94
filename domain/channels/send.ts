import type { ChannelKind, Receipt } from './channel.ts';
import type { Message } from './message.ts';

/** Where a message goes. `id`: the same for each attempt to send the same message. */
export type Target = { id: string; url: string; signing_secret: string; recipients: readonly string[] };

/** A receiver may name how long to wait before the next attempt. */
export type Sent = Receipt & { retryAfterMs?: number | undefined };

/** Sends a message once. It does not throw: the receipt says how it went. */
export type Send = (kind: ChannelKind, target: Target, message: Message) => Promise<Sent>;
