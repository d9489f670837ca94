import type { Message } from '#domain/channels/message.ts';
import type { Sent, Target } from '#domain/channels/send.ts';
import { slackBody } from '#domain/channels/slack-body.ts';
import type { Post } from './post.ts';

/** Slack names faults of the message, the URL or the channel by a status of 4xx; 408 and 429 pass. */
export async function sendSlack(post: Post, { url }: Target, message: Message): Promise<Sent> {
  const sent = await post(url, JSON.stringify(slackBody(message)), {});
  const { status } = sent;
  return { ...sent, isFinal: status >= 400 && status < 500 && status !== 408 && status !== 429 };
}
