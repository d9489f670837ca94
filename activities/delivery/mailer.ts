import { createTransport } from 'nodemailer';
import type { Sent } from '#domain/channels/send.ts';

type Mail = { id: string; to: readonly string[]; subject: string; text: string; html: string };
export type Mailer = (mail: Mail) => Promise<Sent>;

const TIMEOUT_MS = 15_000;

/**
 * Sends e-mails by SMTP.
 * @param from the sender: `Name <address>` or an address
 */
export function createMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(smtpUrl, {
    ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return async ({ id, to, ...content }) => {
    try {
      // The same id lets a mailbox drop what is delivered twice.
      await transport.sendMail({ from, to: [...to], messageId: `<${id}@${domain}>`, ...content });
      return { outcome: 'delivered', status: 250 };
    } catch (error) {
      const { responseCode: status = 0 } = error as { responseCode?: number };
      return { outcome: status > 0 ? 'refused' : 'unreachable', status };
    }
  };
}
