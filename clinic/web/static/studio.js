// Keys of the studio beside the console's: everything they do can be done with links and buttons too.
(() => {
  const keys = { a: "accept", o: "right", x: "unworthy", z: "junk", s: "skip", l: "second", u: "undo", y: "why" };
  const isTyping = (place) => place.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const name = /^[1-9]$/.test(event.key) ? event.key : keys[event.key];
    const place = name && document.querySelector(`[data-key="${name}"]`);
    if (!place) return;
    event.preventDefault();
    place.click();
  });
})();
