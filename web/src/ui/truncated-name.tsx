import layout from './layout.module.css';

const LONGEST = 36;
const START = 16;

/**
 * A long name is shortened in the middle: fine-tuned models differ at the end. The tooltip and screen readers have it
 * in full.
 */
export function TruncatedName({ text }: { text: string }) {
  if (text.length <= LONGEST) return text;
  return (
    <span title={text}>
      <span aria-hidden="true">{`${text.slice(0, START)}…${text.slice(START + 1 - LONGEST)}`}</span>
      <span className={layout.visuallyHidden}>{text}</span>
    </span>
  );
}
