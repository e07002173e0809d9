/** Entry of the module build: importing it registers nothing; `define()` does. */
import { define as register } from "./define";

export { PointeChat } from "./element";
export type { Reply, Source, Button, Kind } from "./reply";

/** Registers `<pointe-chat>`. `base` is the server's address where elements name none by `src`. */
export const define = (base = "/"): void => register(base, () => import("./panel"));
