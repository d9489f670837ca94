import { Button } from '@mantine/core';
import { useState } from 'react';
import { copyText } from '../../ui/copy-text.ts';
import { addressOfView } from '../view/address.ts';

/** Copies the address, which is the view: a colleague who opens it, with a token of their own, sees the same. */
export function CopyLink() {
  const [copied, setCopied] = useState('');
  const address = addressOfView();
  async function copy() {
    await copyText(address);
    setCopied(address);
  }
  return (
    <Button size="xs" variant="default" onClick={copy}>
      {copied === address ? 'Link copied' : 'Copy link'}
    </Button>
  );
}
