import { Webhook } from 'standardwebhooks';
import type { Message } from '#domain/channels/message.ts';
import type { Sent, Target } from '#domain/channels/send.ts';
import type { Post } from './post.ts';

/** A webhook, signed as https://www.standardwebhooks.com has it. */
export function sendWebhook(post: Post, { id, url, signing_secret }: Target, message: Message): Promise<Sent> {
  const { type, at, data } = message;
  const body = JSON.stringify({ type, timestamp: at, data });
  const now = new Date();
  return post(url, body, {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(signing_secret).sign(id, now, body),
  });
}
