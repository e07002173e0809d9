// The studio without waiting: a look at what is typed, and a run that tells how far it is. Links and buttons do the same.
(() => {
  const fetchPart = async (address, signal) => {
    const answer = await fetch(address, { headers: { "x-fragment": "1" }, signal });
    return answer.ok ? answer.text() : "";
  };
  for (const form of document.querySelectorAll("form.typing")) {
    const [field, place] = [form.querySelector("textarea"), form.querySelector(".typed")];
    const intent = form.querySelector("[name=intent]");
    let timer, asked;
    const look = async () => {
      asked?.abort();
      asked = new AbortController();
      const query = new URLSearchParams({ text: field.value, intent: intent?.value ?? "" });
      try {
        place.innerHTML = field.value.trim() ? await fetchPart(`${form.dataset.typing}?${query}`, asked.signal) : "";
      } catch (error) {
        if (error.name !== "AbortError") place.textContent = "";
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 180);
    });
  }
  const run = document.querySelector("[data-run=running]");
  const follow = async () => {
    try {
      const part = await fetchPart(location.pathname);
      if (part) {
        run.innerHTML = part;
        countChanges(run.querySelector("[data-waiting]")?.dataset.waiting);
      }
    } catch {
      // the server is away for a moment: ask again
    }
    if (!isOver()) setTimeout(follow, 700);
  };
  const countChanges = (waiting) => {
    document.getElementById("waiting").textContent = Number(waiting) ? `Changes (${waiting})` : "Changes";
  };
  const isOver = () => run.querySelector("[data-state]")?.dataset.state !== "running";
  if (run) setTimeout(follow, 500);
})();
