import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

type Props = { title: string; opened: boolean; onClose: () => void; children: ReactNode };

/** A dialog in the middle of the window. What is in it exists while it is open. */
export function Dialog({ title, opened, onClose, children }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      lockScroll={false}
      centered
      withinPortal={false}
      classNames={{ inner: styles.inner }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
    </Modal>
  );
}
