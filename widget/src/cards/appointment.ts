import { h } from "../dom";
import { buttonRow, link, words, type Card } from "./card";

/** What became of the request, with the reference to quote and the calendar file where there is one. */
export const drawAppointment: Card = ({ text, appointment, calendar, buttons }, scene) => {
  const { strings } = scene;
  const gone = appointment?.status === "cancelled";
  return [
    h("h3", {}, gone ? strings.cancelled : strings.requested),
    !!appointment && h("p", { class: "reference" }, `${strings.reference} `, h("strong", {}, appointment.reference)),
    words(text),
    !!calendar && !gone && link(calendar, strings.calendar, scene, "button"),
    buttonRow(buttons, scene),
  ];
};
