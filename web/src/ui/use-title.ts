import { useEffect } from 'react';

/** Names the browser tab after the page that is open in it. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Pump`;
  }, [name]);
}
