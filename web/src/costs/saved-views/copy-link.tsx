import { Button } from '@mantine/core';
import { useState } from 'react';

/** Copies the address, which is the view: a colleague who opens it, with a token of their own, sees the same. */
export function CopyLink() {
  const [copied, setCopied] = useState('');
  async function copy() {
    await navigator.clipboard.writeText(location.href);
    setCopied(location.href);
  }
  return (
    <Button size="xs" variant="default" onClick={copy}>
      {copied === location.href ? 'Link copied' : 'Copy link'}
    </Button>
  );
}
