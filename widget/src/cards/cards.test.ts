import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Api } from "../api";
import { drawCard } from "./index";
import type { Reply } from "../reply";
import { newItem } from "../transcript";
import { boxOf, makeReply, makeScene, useDocument, type Recorded } from "../testing";

before(useDocument);

const draw = (fields: Partial<Reply>, scene: Recorded = makeScene()) => {
  const reply = makeReply(fields);
  return boxOf(drawCard(reply, scene));
};
const source = { title: "Posterior ankle impingement", section: "Causes", url: "/pai#:~:text=x", updated: "2022-10-03", author: "" };
const soon = () => new Promise((done) => setTimeout(done, 20));
const labels = (box: HTMLElement) => [...box.querySelectorAll("button, a")].map((each) => each.textContent);

test("an answer quotes the article and names its place", () => {
  const box = draw({ kind: "answer", text: "From our article, under Causes:\nIt hurts.", sources: [source] });
  assert.equal(box.querySelector("blockquote")!.textContent, "It hurts.");
  assert.equal(box.querySelector("footer")!.textContent, "From: Posterior ankle impingement, CausesUpdated 3 October 2022Read it on the page");
});

test("a source without a page has no link", () => {
  const { url: _, ...unlinked } = source;
  assert.equal(draw({ kind: "answer", text: "x", sources: [unlinked] }).querySelector("a"), null);
});

test("a button says its words, markup in its label is words too", () => {
  const scene = makeScene();
  const box = draw({ kind: "not_covered", buttons: [{ label: "<b>Causes</b>", say: "What causes it?" }] }, scene);
  box.querySelector("button")!.click();
  assert.deepEqual(scene.said, ["What causes it?"]);
  assert.equal(box.querySelector("b"), null);
});

test("an urgent card names the destination first", () => {
  const box = draw({ kind: "urgent", destination: "A&E", contacts: [{ label: "Find A&E", href: "https://www.nhs.uk/" }] });
  assert.equal(box.firstElementChild!.textContent, "Immediate action required: Go to A&E now");
});

test("an urgent card's heading is the place its words begin with, said once", () => {
  const text = "Call NHS 24 on 111 today. Sit down.";
  const box = draw({ kind: "urgent", destination: "111", place: "Call NHS 24 on 111 today.", text });
  assert.equal(box.textContent, "Immediate action required: Call NHS 24 on 111 todaySit down.");
});

test("advice given again keeps its contacts and does not raise the alarm again", () => {
  const box = draw({ kind: "urgent", destination: "999", text: "Wait. Call 999 now.", again: true, contacts: [{ label: "Call 999", href: "tel:999" }] });
  assert.equal(box.querySelector("h3")!.textContent, "Call 999 now");
  assert.deepEqual(labels(box), ["Call 999"]);
});

test("a helpline and a text message are contacts as any other", () => {
  const box = draw({ kind: "urgent", destination: "helpline", text: "Talk to Childline.", contacts: [{ label: "Text SHOUT", href: "sms:85258" }] });
  assert.equal(box.firstElementChild!.textContent, "Immediate action required: Call a helpline");
  assert.equal(box.querySelector("a")!.getAttribute("href"), "sms:85258");
});

test("a source of which only the title is known has no gaps", () => {
  const box = draw({ kind: "answer", text: "x", sources: [{ title: "Heel pain" }] });
  assert.equal(box.querySelector("footer")!.textContent, "From: Heel pain");
});

test("the visitor's own number in a summary is not for ringing", async () => {
  const box = draw({ kind: "ask", slot: "confirm", text: "Phone: 07700 900123", buttons: [{ label: "Yes" }] });
  assert.deepEqual(labels(box), ["Yes"]);
});

for (const [status, service, heading] of [["requested", "", "Appointment requested"], ["requested", "callback", "Call requested"], ["changed", "", "Request changed"], ["cancelled", "callback", "Request withdrawn"]] as const) {
  test(`a request that is ${status} ${service} says so`, async () => {
    const box = draw({ kind: "appointment", appointment: { reference: "A-1", status, service } });
    await soon();
    assert.equal(box.querySelector("h3")!.textContent, heading);
  });
}

test("a reference among other words is not broken", async () => {
  const box = draw({ kind: "appointment", text: "Your reference is A-2KDH-WZ. Call 020 7946 0123.", appointment: { reference: "A-2KDH-WZ", status: "requested" } });
  await soon();
  assert.equal(box.querySelector(".text .whole")!.textContent, "A-2KDH-WZ");
  assert.equal(box.querySelector(".text")!.textContent, "Your reference is A-2KDH-WZ. Call 020 7946 0123.");
});

test("a destination nobody named yet is shown as it is", () => {
  assert.match(draw({ kind: "urgent", destination: "minor injuries unit" }).textContent!, /minor injuries unit/);
});

test("two passages of one section stand on one line", () => {
  const box = draw({ kind: "answer", text: "x", sources: [source, { ...source, url: "/pai#:~:text=y" }, { ...source, section: "Treatment" }] });
  assert.deepEqual([...box.querySelectorAll("footer a")].map((each) => each.getAttribute("href")!.split("=")[1]), ["x", "x"]);
});

test("an offer has its price and both ways to answer", async () => {
  const scene = makeScene();
  const box = draw({ kind: "offer", service: "online_appointment", price: { amount: "45.00", currency: "GBP" } }, scene);
  await soon();
  for (const button of box.querySelectorAll("button")) button.click();
  assert.equal(box.querySelector("h3")!.textContent, "Online appointment£45");
  assert.deepEqual(scene.said, ["I'd like to book an appointment", "No, thanks"]);
});

test("only a confirmation has yes and no of its own", async () => {
  const confirmation = draw({ kind: "ask", slot: "confirm" });
  const name = draw({ kind: "ask", slot: "name" });
  await soon();
  assert.deepEqual(labels(confirmation), ["Yes", "No"]);
  assert.deepEqual(labels(name), []);
});

test("a long quotation is folded, a short one is not", async () => {
  const box = draw({ kind: "answer", text: "word ".repeat(200) });
  await soon();
  const button = box.querySelector<HTMLButtonElement>("[aria-controls]")!;
  assert.equal(button.textContent, "Show more");
  button.click();
  assert.equal(button.textContent, "Show less");
  assert.equal(box.querySelector(".folded"), null);
  assert.equal(draw({ kind: "answer", text: "word" }).querySelector("[aria-controls]"), null);
});

test("a withdrawn request has no calendar file", async () => {
  const appointment = { reference: "PT-1", status: "cancelled" as const };
  const box = draw({ kind: "appointment", text: "It is withdrawn.", appointment, calendar: "/a.ics" });
  // Complete in words before its card comes.
  assert.equal(box.textContent, "It is withdrawn.");
  await soon();
  assert.match(box.textContent!, /PT-1/);
  assert.deepEqual(labels(draw({ kind: "appointment", appointment, calendar: "/a.ics" })), []);
});

test("an error can be asked again", async () => {
  const scene = makeScene();
  scene.session.transcript.present = [newItem("v", "heel", "")];
  const box = draw({ kind: "error" }, scene);
  await soon();
  box.querySelector("button")!.click();
  assert.deepEqual(scene.said, ["heel"]);
});

test("a thumb and a comment are sent", async () => {
  const scene = makeScene();
  const box = draw({ kind: "answer", text: "x" }, scene);
  box.querySelector<HTMLButtonElement>("[aria-label$=Yes]")!.click();
  await soon();
  box.querySelector("input")!.value = "Clear";
  box.querySelector("form")!.requestSubmit();
  await soon();
  assert.deepEqual(scene.voted, [[true, undefined], [true, "Clear"]]);
});

test("feedback that did not arrive is said", async () => {
  const scene = makeScene({ api: { call: async () => { throw new Error("offline"); } } as unknown as Api });
  draw({ kind: "answer", text: "x" }, scene).querySelector<HTMLButtonElement>("[aria-label$=No]")!.click();
  await soon();
  assert.deepEqual(scene.announced, ["Not sent."]);
});
