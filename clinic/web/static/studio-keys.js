// Keys of the inbox beside the console's: everything they do can be done with links and buttons too.
(() => {
  const keys = { a: "accept", o: "right", x: "unworthy", z: "junk", s: "skip", l: "second", u: "undo", y: "why" };
  const isTyping = (place) => place.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const name = /^[1-9]$/.test(event.key) ? event.key : keys[event.key];
    const place = name && document.querySelector(`[data-key="${name}"]`);
    if (!place) return;
    event.preventDefault();
    place.click();
  });
})();

// What an article in the editor says to visitors, a moment after typing stops; and a file read into a text field.
(() => {
  const form = document.querySelector("form[data-preview]");
  let waiting = 0;
  form?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.preview, { method: "POST", body });
      if (answer.ok) document.getElementById("preview").innerHTML = await answer.text();
    }, 400);
  });
  for (const row of document.querySelectorAll("[data-file-into]")) {
    row.hidden = false;
    row.querySelector("input").addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (file) document.getElementById(row.dataset.fileInto).value = await file.text();
    });
  }
})();
