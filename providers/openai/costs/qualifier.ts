import type { Qualities } from './qualities.ts';
import { categoryOf, modalityOf } from './token-category.ts';

const TIER =
  /^(priority|batch|flex|scale|ultra[ -]?fast|fast|standard|default)( api| tier| processing| mode)?( \(?\d+(\.\d+)?[x×]\)?)?$/;
const UNIT =
  /^(?:(?:per|by the|duration) )?(?:(text|image|audio|video|voice) |container )?(?:sessions? )?(?:character|second|minute|hour|session|image|call)s?(?: (?:by the|per) minute)?$/;
const STORED_FOR = /^(?:gb|gib|gibibyte)[ -](?:minute|hour|day|month)s?$/;
const LONG_CONTEXT = /^long[ -]context$/;
/** How long a cache write is kept, or a container lives: "cache writes (5m)", "12-hour retention". */
const DURATION = /^(\d{1,4})[ -]?(m|h|d)(?:ins?|inutes?|rs?|ours?|ays?)?(?: retention| sessions?)?$/;
/** Where it was processed: "regional processing", "data residency", "eu region", "regional (us)", "us-regional". */
const REGION =
  /^(?:regional|global|data residency|in region|(?:us|eu|jp|uk|ca|au|sg|in|kr|ae|ch|br|za)(?=$| ))(?: (?:regional|region|processing|inference|storage|data residency|uplift|endpoints?))*$/;
const SIZE = /^(\d{2,5}x\d{2,5}|\d{3,4}p)(?: seconds?)?$/;
/** The memory of a container. */
const MEMORY = /^\d{1,3} ?gi?b?$/;
const QUALITY = /^(?:low|medium|high|hd)(?: quality)?$/;

/**
 * Adds what words in lower case say to the qualities.
 * @returns the words that are not known, '' where all are; undefined where they contradict those before
 */
export function applyQualifier(item: Qualities, words: string): string | undefined {
  if (words === '') return '';
  const category = categoryOf(words);
  if (category === 'contradiction') return undefined;
  if (category) {
    const { token_type, modality, rest, namesInput } = category;
    // "input (cached)": the second says more of the same.
    const isRefined = item.token_type === 'input' && !namesInput && token_type !== 'output';
    if (item.token_type !== 'none' && !isRefined) return undefined;
    item.token_type = token_type;
    item.modality = modality || item.modality;
    return applyEach(item, rest.replace(/^[-–:](?: |$)| [-–:]$/g, ''));
  }
  const tier = tierOf(words);
  if (tier !== undefined) {
    if (tier !== '' && item.service_tier !== '' && item.service_tier !== tier) return undefined;
    item.service_tier = tier || item.service_tier;
    return '';
  }
  const modality = modalityOf(words) ?? modalityOf(UNIT.exec(words)?.[1] ?? '');
  if (modality) item.modality = modality;
  else if (LONG_CONTEXT.test(words)) item.long_context = true;
  else if (isRegion(words)) addQualifier(item, words.replaceAll('-', ' '));
  else if ([DURATION, SIZE, MEMORY, QUALITY].some((known) => known.test(words))) {
    addQualifier(item, words.replace(DURATION, '$1$2').replace(SIZE, '$1'));
  } else if (!UNIT.test(words) && !STORED_FOR.test(words)) return words;
  return '';
}

/** What stands beside a category may be one phrase, or a known word beside a new one: "beta 12h". */
function applyEach(item: Qualities, words: string): string | undefined {
  if (applyQualifier({ ...item }, words) === '') return applyQualifier(item, words);
  const left = words.split(' ').map((word) => applyQualifier(item, word));
  return left.includes(undefined) ? undefined : left.filter((word) => word !== '').join(' ');
}

export const isRegion = (words: string) => REGION.test(words.replaceAll('-', ' '));

export function addQualifier(item: { qualifier: string }, qualifier: string): void {
  item.qualifier = item.qualifier === '' ? qualifier : `${item.qualifier}, ${qualifier}`;
}

/** The tier that words name, '' for the default one; undefined where they name none. */
export function tierOf(words: string): string | undefined {
  const tier = TIER.exec(words)?.[1]?.replace(/[ -]/, '');
  return tier === 'standard' || tier === 'default' ? '' : tier;
}
