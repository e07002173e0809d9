/** What many visits never need: forms, what became of a request, failures, a message near the limit. */
export { appointment, ask, dress, error } from "../rare/cards";
export { shapeOf, showLength } from "../rare/fields";
