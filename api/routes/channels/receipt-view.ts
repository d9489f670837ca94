import { z } from 'zod';
import { OUTCOMES } from '#domain/channels/channel.ts';

/** How an attempt to deliver ended. */
export const receiptView = z
  .object({
    attempted_at: z.iso.datetime(),
    outcome: z.enum(OUTCOMES).meta({
      description:
        'delivered, or why it was not. refused: the receiver responded with another status than success. redirected: it responded with a redirect, which is not followed. address_refused: the URL is not https, or leads to a private address. not_configured: the workers have no SMTP_URL. secret_unreadable: the workers lack the private key that the secret was sealed for',
    }),
    status: z.number().meta({ description: 'Status of HTTP or reply code of SMTP; 0 where there was no response' }),
  })
  .meta({ id: 'Receipt' });
