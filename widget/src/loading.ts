/** The parts of the chat that are fetched when they are needed. */
export const loadMenu = () => import("./parts/menu");
/** For visits that are not the first: history, other tabs. */
export const loadPast = () => import("./parts/past");
/** Forms, failures, confirmations, a message near the limit. */
export const loadRare = () => import("./parts/rare");
export const loadTools = () => import("./parts/tools");
/** For what goes wrong. */
export const loadTrouble = () => import("./parts/trouble");
export const loadWords = () => import("./parts/words");
