import { Checkbox } from '@mantine/core';
import styles from './channels.module.css';

type Props = {
  label: string;
  choices: readonly { id: string; name: string }[];
  chosen: string[];
  onChoose: (ids: string[]) => void;
};

/** What a channel is narrowed to; nothing where there is nothing to choose from. */
export function Choices({ label, choices, chosen, onChoose }: Props) {
  if (choices.length === 0) return null;
  return (
    <Checkbox.Group label={label} description="All of them where none is ticked" value={chosen} onChange={onChoose}>
      <div className={styles.boxes}>
        {choices.map(({ id, name }) => (
          <Checkbox key={id} size="xs" value={id} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
