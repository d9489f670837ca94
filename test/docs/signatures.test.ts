import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { sendWebhook } from '#activities/delivery/send-webhook.ts';
import examples from '#api/openapi/examples.json' with { type: 'json' };
import { webhookBodies } from '#api/openapi/webhooks.ts';
import { digestOf } from '#domain/channels/digest.ts';
import { digestMessage } from '#domain/channels/digest-message.ts';
import { alertMessage, testMessage } from '#domain/channels/message.ts';
import { read, repositoryRoot } from './read-documents.ts';

// The examples of docs/alerts.md are run on what we send.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const env = { ...process.env, SIGNING_SECRET: SECRET };
const document = read('docs/alerts.md');
const blockOf = (language: string, holding: string) => {
  const blocks = [...document.matchAll(/```(\w+)\n(.*?)```/gs)].filter(([, name]) => name === language);
  const [, , text = ''] = blocks.find(([, , each = '']) => each.includes(holding)) ?? [];
  return text;
};

const { deliveries: _, ...alert } = examples.operations.getAlert.response;
const message = alertMessage(alert as never, 'https://pump.example.com');

/** What is sent, as a receiver gets it. */
async function sent() {
  let request = { body: '', headers: {} as Record<string, string> };
  const post = async (_url: string, body: string, headers: Record<string, string>) => {
    request = { body, headers };
    return { outcome: 'delivered', status: 200 } as const;
  };
  await sendWebhook(post, { id: 'msg_1', url: '', signing_secret: SECRET, recipients: [] }, message);
  return request;
}

test('the documented payload has the fields that are sent', async () => {
  const documented = JSON.parse(blockOf('json', 'alert.raised'));
  const payload = JSON.parse((await sent()).body);
  expect(Object.keys(documented).sort()).toEqual(Object.keys(payload).sort());
  expect(Object.keys(documented.data).sort()).toEqual(Object.keys(payload.data).sort());
});

test('every documented payload, and what is sent of each kind, is as OpenAPI describes it', () => {
  const week = digestOf('digest-weekly-2026-11-23');
  if (!week) throw new Error('no digest');
  const causes = { compared_with: null, reasons: [], contributors: [] };
  const facts = {
    ...{ totals: [], why: '', causes, movers: [], forecast: null },
    ...{ budgets: [], missing_days: [], differing_days: 0 },
  };
  const at = new Date('2026-11-30T06:00:00Z');
  const digest = digestMessage({ channel: { name: 'Ops', filters: {} }, period: week, facts, at }, undefined);
  const messages = [message, digest, testMessage('Ops', at, undefined)];
  for (const { type, at, data } of messages) {
    for (const payload of [{ type, timestamp: at, data }, JSON.parse(blockOf('json', `"type": "${type}"`))]) {
      expect(webhookBodies[type].parse(payload)).toEqual(payload);
    }
  }
});

const run = (command: string, args: string[], input: string) => {
  try {
    return execFileSync(command, args, { env, input, encoding: 'utf8', cwd: repositoryRoot, stdio: 'pipe' }).trim();
  } catch {
    return 'false';
  }
};
const VERIFY: Record<string, (body: string, headers: Record<string, string>) => string> = {
  JavaScript(body, headers) {
    const call = `try { verify(${JSON.stringify(body)}, ${JSON.stringify(headers)}); console.log('true') } catch { console.log('false') }`;
    return run(process.execPath, ['--input-type=module', '--eval', `${blockOf('js', 'Webhook')}\n${call}`], '');
  },
  Python(body, headers) {
    const call = `import sys\nprint(str(verify(sys.stdin.buffer.read(), ${JSON.stringify(headers)})).lower())`;
    return run('python3', ['-c', `${blockOf('python', 'hmac')}\n${call}`], body);
  },
  bash(body, headers) {
    const file = join(mkdtempSync(join(tmpdir(), 'pump-signature-')), 'verify.sh');
    writeFileSync(file, `${blockOf('bash', 'openssl dgst')}\nverify "$1" "$2" "$3" && echo true\n`);
    const values = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`] ?? '');
    return run('bash', [file, ...values], body);
  },
};

test.each(Object.keys(VERIFY))('in %s, what is sent is verified, and nothing else', async (language) => {
  const verify = VERIFY[language];
  const { body, headers } = await sent();
  expect(verify?.(body, headers)).toBe('true');
  expect(verify?.(`${body} `, headers)).toBe('false');
  expect(verify?.(body, { ...headers, 'webhook-id': 'msg_2' })).toBe('false');
  // Nor what was signed too long ago, or for later.
  for (const seconds of [-400, 400]) {
    const then = new Date(Date.now() + seconds * 1000);
    const signature = new Webhook(SECRET).sign('msg_1', then, body);
    const at = { 'webhook-timestamp': String(Math.floor(then.getTime() / 1000)), 'webhook-signature': signature };
    expect(verify?.(body, { ...headers, ...at })).toBe('false');
  }
  const others = `v1,AAAA ${headers['webhook-signature']}`;
  expect(verify?.(body, { ...headers, 'webhook-signature': others })).toBe('true');
});
