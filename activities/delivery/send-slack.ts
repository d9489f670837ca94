import type { Message } from '#domain/channels/message.ts';
import type { Sent, Target } from '#domain/channels/send.ts';
import { slackBody } from '#domain/channels/slack-body.ts';
import type { Post } from './post.ts';

export function sendSlack(post: Post, { url }: Target, message: Message): Promise<Sent> {
  return post(url, JSON.stringify(slackBody(message)), {});
}
