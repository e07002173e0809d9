/** Every word of the widget's own. A clinic replaces any of them with `data-strings`; one name is one thing in all tables. */

/** What a visitor needs when nothing else works. The server puts the clinic's nation and telephone number in its place. */
export const HELP =
  "If this is an emergency, call 999. If it's urgent but not an emergency, call 111. Outside the UK, call your local emergency number.";

/** In more than one table. */
const failed = "Not sent.";
const newChat = "Start a new chat";
const retry = "Try again";

/** Needed before the chat is opened. */
export const launcherStrings = {
  launch: "Ask a question",
  loadFailed: "It did not load. Try again.",
  unread: "New reply",
};

/** Needed in every visit. */
export const strings = {
  title: "Ask the clinic",
  subtitle: "Answers from our own articles",
  close: "Close the chat",
  menu: "Menu",
  history: "Conversation",
  you: "You",
  assistant: "Assistant",
  opensNew: "opens in a new tab",
  question: "Your question",
  placeholder: "Type your question",
  send: "Send",
  typing: "Looking in our articles…",
  sending: "Sending…",
  waiting: "Not sent yet. Trying again.",
  retry,
  offline: "You are offline. What you write is sent when you are back.",
  connecting: "We cannot reach the clinic. Trying again.",
  notLoaded: "This did not load.",
  source: "From: {source}",
  author: "By {author}",
  updated: "Updated {date}",
  read: "Read it on the page",
  copy: "Copy the answer",
  helpful: "Was this helpful?",
  yes: "Yes",
  no: "No",
  immediate: "Immediate action required:",
  guidance: "Based on",
  below: "More below",
  destinations: {
    "999": "Call 999 now",
    "A&E": "Go to A&E now",
    "maternity unit": "Call your maternity unit now",
    "111": "Call 111",
    "urgent GP": "Ask for an urgent GP appointment",
    helpline: "Call a helpline",
  } as Record<string, string>,
  services: { online_appointment: "Online appointment" } as Record<string, string>,
};

export type Strings = typeof strings;

/** Needed by the parts of the chat that are loaded when they are used. */
export const menuStrings = {
  newChat,
  startOver: "Start over",
  startOverAsk: "Start a new chat? This one leaves the screen. To delete what was said, use “Erase my chat” instead.",
  erase: "Erase my chat",
  eraseAsk: "Erase everything you said here? This cannot be undone.",
  eraseKeep: "Erase the chat, keep my request {reference}",
  eraseCancel: "Erase the chat and withdraw my request",
  notErased: "It could not be erased just now. Please try again.",
  save: "Save this chat",
  print: "Print this chat",
  notSaved: "It could not be fetched just now. Please try again.",
  privacy: "Privacy",
  privacySay: "What happens to what I write here?",
  back: "Go back",
};

export const toolStrings = {
  copied: "Copied.",
  notCopied: "It could not be copied.",
  thanks: "Thank you for telling us.",
  comment: "What was good or missing? (optional)",
  sendComment: "Send comment",
  failed,
};

export const rareStrings = {
  more: "Show more",
  less: "Show less",
  book: "Ask for an appointment",
  bookSay: "I'd like to book an appointment",
  decline: "No, thanks",
  left: "Characters left: {n}",
  over: "Characters too many: {n}",
  slots: {
    name: "Your name",
    email: "Your email or phone number",
    phone: "Your phone number",
    notes: "Anything the physiotherapist should know",
    change: "What shall be changed",
    confirm: "Your answer",
  } as Record<string, string>,
  requested: "Appointment requested",
  changed: "Request changed",
  cancelled: "Request withdrawn",
  callback: "Call requested",
  reference: "Reference",
  calendar: "Add to your calendar",
  wrong: "Something went wrong",
};

export const troubleStrings = {
  failed,
  retry,
  edit: "Edit",
  newChat,
  blocked: "The chat cannot be used on this page.",
  expired: "This chat has expired. Start a new one to go on; nothing you wrote is lost.",
  erased: "Everything you said here has been erased. Reference: {reference}",
};
