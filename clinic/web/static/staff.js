// Keys for the console, and lists that stay fresh: everything can be done with links and buttons too.
(() => {
  const keys = { j: "next", k: "previous", r: "right", w: "wrong", f: "flag", n: "note", "/": "search", "?": "help" };
  const isTyping = (place) => place.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const name = keys[event.key];
    const place = name && document.querySelector(`[data-key="${name}"]`);
    if (!place) return;
    event.preventDefault();
    if (place.matches("input, textarea")) place.focus();
    else if (place.matches("dialog")) place.showModal();
    else place.click();
  });

  const live = document.querySelector("[data-live]");
  const source = live?.dataset.live;
  const refresh = async () => {
    if (document.hidden || live.contains(document.activeElement)) return;
    const answer = await fetch(source, { redirect: "error" });
    if (!answer.ok) return;
    const words = await answer.text();
    const fresh = new DOMParser().parseFromString(words, "text/html").body;
    if (fresh.innerHTML !== live.innerHTML) live.replaceChildren(...fresh.childNodes);
  };
  if (source) setInterval(() => refresh().catch(() => {}), 5000);
})();
