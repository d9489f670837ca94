import { emailText } from '#domain/channels/email-text.ts';
import type { Message } from '#domain/channels/message.ts';
import type { Sent, Target } from '#domain/channels/send.ts';
import type { Mailer } from './mailer.ts';

export async function sendEmail(
  mailer: Mailer | undefined,
  { id, recipients }: Target,
  message: Message,
): Promise<Sent> {
  if (!mailer) return { outcome: 'not_configured', status: 0 };
  return mailer({ id, to: recipients, ...emailText(message) });
}
