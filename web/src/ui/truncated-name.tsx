import styles from './truncated-name.module.css';

/** The end of a name that is always in sight: fine-tuned models differ there. In graphemes, as a reader counts. */
const END = 20;
const segmenter = new Intl.Segmenter();

/** A name that is cut in the middle where, and only where, there is no room for it. The tooltip has it in full. */
export function TruncatedName({ text }: { text: string }) {
  const graphemes = Array.from(segmenter.segment(text), ({ segment }) => segment);
  if (graphemes.length <= 2 * END) return <bdi>{text}</bdi>;
  return (
    <bdi className={styles.name} title={text}>
      <span className={styles.start}>{graphemes.slice(0, -END).join('')}</span>
      <span className={styles.end}>{graphemes.slice(-END).join('')}</span>
    </bdi>
  );
}
