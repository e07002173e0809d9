/**
 * Properties that only our own files know, shortened in the build. Never the browser's, the contract's, a clinic's
 * strings', a module's exports or the element's own.
 */
const NAMES = `
  alone api banner describe draw lines host lead listen quote reason run start state use write
  area base hide isOpen keep language loadPanel lose memory request rest root show sleep tell
  announcer element option strings addReplies attach changed composer earlier emit expect fetcher
  forget frame hurry paint polite assertive help take prefix present renew retryAfter
  scene session storage stream tabs askForToken transcript translate tries view wake warn writer
`;

/** What the panel takes from its parts by name. */
const EXPORTS = "catchUp fold follow hear makeMenu pressTool readWords resume settle fieldFor showLength tellEnd";

const split = (names) => names.trim().split(/\s+/);
export const INNER = new RegExp(`^(?:${split(NAMES + EXPORTS).join("|")})$`);
/** Long name → short one, for the builds of the parts and of the panel alike. */
export const SHORT_EXPORTS = Object.fromEntries(split(EXPORTS).map((name, index) => [name, `_${index.toString(36)}`]));

/** Custom properties of the style sheets that scripts set. */
export const SET_BY_CODE = ["--fill", "--on-fill", "--light", "--dark", "--seen", "--above"];
