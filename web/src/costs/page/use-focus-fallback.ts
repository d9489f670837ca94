import { useEffect, useRef } from 'react';

/**
 * Where what had the focus is gone with the view that it stood in, the focus goes to a heading, and not to where the
 * page begins.
 * @returns the heading's ref
 */
export function useFocusKept<T extends HTMLElement>() {
  const heading = useRef<T>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    const gained = () => {
      hadFocus.current = true;
    };
    // Who clicks beside everything gives it up; what takes it says so after this.
    const givenUp = () => {
      hadFocus.current = false;
    };
    document.addEventListener('focusin', gained);
    document.addEventListener('pointerdown', givenUp);
    return () => {
      document.removeEventListener('focusin', gained);
      document.removeEventListener('pointerdown', givenUp);
    };
  }, []);
  // After whatever has changed.
  useEffect(() => {
    const isLost = hadFocus.current && document.activeElement === document.body && document.hasFocus();
    if (isLost) heading.current?.focus({ preventScroll: true });
  });
  return heading;
}
