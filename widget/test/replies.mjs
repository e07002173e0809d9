/** Canned replies of every kind, chosen by a word in the message. For tests and screenshots only. */

const ARTICLE = {
  article: "posterior-ankle-impingement", title: "Posterior ankle impingement", updated: "2022-10-03", author: "",
};
const source = (section, aspect, quoted = "") => ({
  ...ARTICLE, section, aspect, url: `/examples/bubble.html#:~:text=${encodeURIComponent(quoted || section)}`,
});
const CAUSES =
  "Pain at the back of the ankle often comes on when the foot is pointed down again and again. " +
  "On pointe, soft tissue and bone behind the ankle can be pressed between the heel bone and the shin bone.";
const LONG = Array.from({ length: 9 }, (_, n) => `${n + 1}. ${CAUSES}`).join("\n");

const answer = (section, aspect, text) => ({
  kind: "answer", text: `From our article, under ${section}:\n${text}`, sources: [source(section, aspect)],
});
const offer = {
  kind: "offer", text: "If you would like to talk it through, a physiotherapist can see you online.",
  service: "online_appointment", price: { amount: "45.00", currency: "GBP" },
  buttons: [{ label: "Ask for an appointment", say: "I'd like to book an appointment" }, { label: "No, thanks", say: "No, thanks" }],
};
const urgent = (destination, contacts, place) => ({
  kind: "urgent", destination, place, flag: "chest_pain", contacts,
  text: `${place} Chest pain or trouble breathing needs help at once.\nDo not wait for an answer here.`,
  sources: [{ title: "NHS: Chest pain", url: "https://www.nhs.uk/symptoms/chest-pain/" }],
});
const say = (text) => ({ kind: "say", text });

export const GREETING = [
  {
    ...say("Hello. Ask me about foot and ankle pain, and I will look in the clinic's own articles."),
    buttons: ["What are the symptoms?", "What causes it?", "How is it treated?"].map((words) => ({ label: words, say: words })),
  },
  say("This is a computer, not a clinician. Please don't write anything here you would not want kept. You can erase this chat at any time from the menu."),
];

const FORM = [
  { kind: "ask", slot: "name", text: "What name should we use?" },
  { kind: "ask", slot: "email", text: "Which email address or phone number can we reach you on?" },
  { kind: "ask", slot: "notes", text: "Is there anything the physiotherapist should know first?", buttons: [{ label: "Skip this", say: "Nothing to add" }] },
];
const confirm = ([name, contact, notes]) => ({
  kind: "ask", slot: "confirm",
  text: `Name: ${name}\nContact: ${contact}\nNotes: ${notes}\n\nMay we keep these details and use them to arrange the appointment?`,
  buttons: [{ label: "Yes", say: "Yes" }, { label: "No", say: "No" }],
});
const appointment = ([name, email, notes], status) => ({
  kind: "appointment", text: "Thank you. The clinic will be in touch within one working day.",
  appointment: { reference: "PT-7K3Q", status, name, email, phone: "", notes }, calendar: "/examples/appointment.ics",
});

const RULES = [
  [/chest|breath/i, () => [urgent("999", [{ label: "Call 999", href: "tel:999" }, { label: "Text phone: 18000", href: "tel:18000" }], "Call 999 now.")]],
  [/calf/i, () => [urgent("111", [{ label: "Call 111", href: "tel:111" }, { label: "Use 111 online", href: "https://111.nhs.uk/" }], "Call 111 today, or ask your GP surgery for an urgent appointment today.")]],
  [/appointment|book/i, (chat) => { chat.form = []; return [FORM[0]]; }],
  [/weather/i, () => [{
    kind: "not_covered", text: "Our articles don't cover that. I can tell you about these:",
    buttons: [{ label: "Causes of pain at the back of the ankle", say: "What causes it?" }, { label: "What helps", say: "What helps?" }, { label: "Call the clinic", href: "tel:+442079460000" }],
  }]],
  [/who can I ring/i, () => [{
    ...say("You can call the clinic on 020 7946 0000 or write to hello@example.org."),
    buttons: [{ label: "Call 020 7946 0000", href: "tel:+442079460000" }, { label: "Write to hello@example.org", href: "mailto:hello@example.org" }],
  }]],
  [/exercises/i, () => [answer("Exercises", "exercises", "Do these every day:\nStand on one leg for half a minute.\nRaise both heels ten times.")]],
  [/ring me/i, () => [{
    kind: "appointment", text: "Somebody will ring you within one working day.",
    appointment: { reference: "C-2F9M-K3", status: "requested", service: "callback", name: "Robin Lee", phone: "020 7946 0001", notes: "mornings" },
  }]],
  [/broken/i, () => [{
    kind: "error", text: "Something failed on our side. You can call the clinic on 020 7946 0000.\nIf it is urgent, call 111, or 999 in an emergency.",
  }]],
  [/both|two/i, () => [answer("Causes", "causes", CAUSES), answer("Treatment", "treatment", CAUSES)]],
  [/long/i, () => [{ ...answer("Recovery", "recovery", LONG), buttons: [{ label: "Show the rest of the section", say: "Show the rest of the section" }] }]],
  [/<|script/i, (_, text) => [{ ...answer("Causes", "causes", text), buttons: [{ label: "<b>bold</b>", href: "javascript:alert(1)" }] }]],
  [/العربية|rtl/i, () => [{ ...answer("Causes", "causes", "ألم في الجزء الخلفي من الكاحل."), text: "من مقالتنا:\nألم في الجزء الخلفي من الكاحل يظهر عند مد القدم إلى الأسفل مرارا." }]],
  [/forget everything/i, () => [{ ...say("Everything you said here has been erased. Reference: E-7K2M."), erased: { reference: "E-7K2M", keep: false } }]],
  [/^no\b/i, () => [say("That is fine. Ask me anything else about your ankle.")]],
];

/** What the assistant says to a message; `chat.form` holds the answers of a form under way. */
export function replyTo(chat, text) {
  if (chat.form) return nextStep(chat, text);
  for (const [pattern, make] of RULES) if (pattern.test(text)) return make(chat, text);
  return [answer("Causes", "causes", CAUSES), offer];
}

function nextStep(chat, text) {
  if (chat.form.length < 3) {
    chat.form.push(text);
    return [FORM[chat.form.length] ?? confirm(chat.form)];
  }
  const details = chat.form;
  delete chat.form;
  return /^yes/i.test(text) ? [appointment(details, "requested")] : [say("Nothing was kept.")];
}
