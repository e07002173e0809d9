/** The panel's style sheets, in order. */
import cards from "./styles/cards.css";
import composer from "./styles/composer.css";
import messages from "./styles/messages.css";
import panel from "./styles/panel.css";
import situations from "./styles/situations.css";

export const css = panel + messages + cards + composer + situations;
