// Keys for the console: everything they do can be done with links and buttons too.
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
})();
