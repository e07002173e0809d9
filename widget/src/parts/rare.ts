/** What many visits never need: forms, what became of a request, failures, a message near the limit. */
export { appointment, ask, error, offer } from "../rare/cards";
export { fold } from "../rare/folding";
export { fieldFor, showLength } from "../rare/fields";
