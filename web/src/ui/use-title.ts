import { useEffect } from 'react';

/** The tab says which page is open in it. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Pump`;
  }, [name]);
}
