const LONGEST = 36;
const START = 16;

/** A name that may be very long: its middle is left out where it is seen, as those of fine-tuned models differ at the end. */
export function Name({ text }: { text: string }) {
  if (text.length <= LONGEST) return text;
  return (
    <span title={text}>
      <span aria-hidden="true">{`${text.slice(0, START)}…${text.slice(START + 1 - LONGEST)}`}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
