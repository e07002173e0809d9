/** One card for each kind of reply. */
import type { Kind } from "../reply";
import { drawAnswer } from "./answer";
import { drawAppointment } from "./appointment";
import { drawAsk } from "./ask";
import type { Card } from "./card";
import { drawError } from "./error";
import { drawNotCovered } from "./not-covered";
import { drawOffer } from "./offer";
import { drawSay } from "./say";
import { drawUrgent } from "./urgent";

export const CARDS: Record<Kind, Card> = {
  answer: drawAnswer,
  not_covered: drawNotCovered,
  urgent: drawUrgent,
  offer: drawOffer,
  ask: drawAsk,
  appointment: drawAppointment,
  say: drawSay,
  error: drawError,
};
