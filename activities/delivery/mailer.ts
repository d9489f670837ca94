import { createTransport } from 'nodemailer';
import type { Sent } from '#domain/channels/send.ts';

type Mail = { id: string; to: readonly string[]; subject: string; text: string; html: string };
export type Mailer = (mail: Mail) => Promise<Sent>;

const TIMEOUT_MS = 15_000;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Sends e-mails by SMTP, with TLS except to a server on this machine or where the URL has `ignoreTLS=true`.
 * @param from the sender: `Name <address>` or an address
 */
export function createMailer(smtpUrl: string, from: string): Mailer {
  const { hostname, searchParams } = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    requireTLS: !LOCAL.test(hostname) && searchParams.get('ignoreTLS') !== 'true',
    ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return async ({ id, to, ...content }) => {
    try {
      // The same id lets a mailbox drop what is delivered twice.
      const mail = { from, to: [...to], messageId: `<${id}@${domain}>`, ...content };
      const { accepted, rejectedErrors = [] } = await transport.sendMail(mail);
      if (rejectedErrors.length === 0) return { outcome: 'delivered', status: 250 };
      return { ...refusalOf(rejectedErrors), accepted: accepted.map(String) };
    } catch (error) {
      const { responseCode: status = 0, rejectedErrors = [] } = error as Refused & { rejectedErrors?: Refused[] };
      if (rejectedErrors.length > 0) return refusalOf(rejectedErrors);
      return { outcome: status > 0 ? 'refused' : 'unreachable', status };
    }
  };
}

type Refused = { responseCode?: number | undefined };

/** Some recipients were refused. A reply of 5xx is for good; another may be accepted later, and is what is told. */
function refusalOf(errors: readonly Refused[]): Sent {
  const statuses = errors.map(({ responseCode = 0 }) => responseCode);
  const later = statuses.find((status) => status < 500);
  return { outcome: 'refused', status: later ?? statuses[0] ?? 0, isFinal: later === undefined };
}
