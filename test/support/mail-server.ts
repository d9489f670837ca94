import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** An SMTP server that keeps the text of each e-mail, and refuses those to an address with `refused`, with the reply code `refusal`. */
export async function startMailServer() {
  const mails: string[] = [];
  const receiver = { url: '', mails, refusal: 550, close };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      callback(
        address.includes('refused')
          ? Object.assign(new Error('no such user'), { responseCode: receiver.refusal })
          : undefined,
      );
    },
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(String(Buffer.concat(chunks)));
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  receiver.url = `smtp://127.0.0.1:${port}`;
  function close() {
    return new Promise<void>((resolve) => server.close(resolve));
  }
  return receiver;
}
