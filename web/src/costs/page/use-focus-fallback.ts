import { useEffect, useRef } from 'react';

/**
 * Moves the focus to a heading if the element that had it is removed. The browser would move it to the start of the
 * page.
 * @returns the heading's ref
 */
export function useFocusFallback<T extends HTMLElement>() {
  const heading = useRef<T>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    const gained = () => {
      hadFocus.current = true;
    };
    // A click outside of every control drops the focus on purpose; on a control, focusin follows.
    const dropped = () => {
      hadFocus.current = false;
    };
    document.addEventListener('focusin', gained);
    document.addEventListener('pointerdown', dropped);
    return () => {
      document.removeEventListener('focusin', gained);
      document.removeEventListener('pointerdown', dropped);
    };
  }, []);
  // Without dependencies: runs after every render.
  useEffect(() => {
    const isLost = hadFocus.current && document.activeElement === document.body && document.hasFocus();
    if (isLost) heading.current?.focus({ preventScroll: true });
  });
  return heading;
}
