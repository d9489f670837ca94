import type { Send } from '#domain/channels/send.ts';
import type { Mailer } from './mailer.ts';
import type { Post } from './post.ts';
import { sendEmail } from './send-email.ts';
import { sendSlack } from './send-slack.ts';
import { sendWebhook } from './send-webhook.ts';

/** @param mailer undefined where no SMTP server is configured */
export function createSend(post: Post, mailer: Mailer | undefined): Send {
  return (kind, target, message) => {
    if (kind === 'webhook') return sendWebhook(post, target, message);
    return kind === 'slack' ? sendSlack(post, target, message) : sendEmail(mailer, target, message);
  };
}
