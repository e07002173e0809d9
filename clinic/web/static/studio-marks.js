// Words of an utterance are selected, by mouse or with shift and the arrow keys, and marked as what they name.
// The page without script has the same field with marks written as [words](entity): the form sends that either way.
(() => {
  const MARK = /\[([^\]]+)\](\([^)]*\)|\{[^}]*\})/g;

  const read = (written) => {
    const marks = [];
    let plain = "";
    let at = 0;
    for (const found of written.matchAll(MARK)) {
      plain += written.slice(at, found.index);
      marks.push({ start: plain.length, end: plain.length + found[1].length, told: found[2] });
      plain += found[1];
      at = found.index + found[0].length;
    }
    return { plain: plain + written.slice(at), marks };
  };

  const write = (plain, marks) => {
    let written = "";
    let at = 0;
    for (const { start, end, told } of marks) {
      written += `${plain.slice(at, start)}[${plain.slice(start, end)}]${told}`;
      at = end;
    }
    return written + plain.slice(at);
  };

  // Marks after an edit: those before it stay, those after it move, one that was typed into goes with its words.
  const shift = (marks, before, after) => {
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
    let tail = 0;
    const most = Math.min(before.length, after.length) - head;
    while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
    const [last, by] = [before.length - tail, after.length - before.length];
    return marks
      .map((mark) => {
        if (mark.end <= head) return mark;
        if (mark.start >= last) return { ...mark, start: mark.start + by, end: mark.end + by };
        return mark.start <= head && mark.end >= last ? { ...mark, end: mark.end + by } : null;
      })
      .filter((mark) => mark && mark.end > mark.start);
  };

  const say = (told) => {
    if (told.startsWith("(")) return told.slice(1, -1);
    try {
      const { entity, value } = JSON.parse(told);
      return value ? `${entity}, meaning ${value}` : entity;
    } catch {
      return told;
    }
  };

  for (const tools of document.querySelectorAll("[data-marks-of]")) {
    const field = document.getElementById(tools.dataset.marksOf);
    const [entity, value, button] = ["select", "input", "button"].map((name) => tools.querySelector(name));
    const [list, status] = [tools.querySelector("ul"), tools.querySelector("[role=status]")];
    const sent = Object.assign(document.createElement("input"), { type: "hidden", name: field.name });
    let { plain, marks } = read(field.value);

    const show = () => {
      sent.value = write(plain, marks);
      list.replaceChildren(
        ...marks.map((mark, place) => {
          const item = document.createElement("li");
          const words = Object.assign(document.createElement("mark"), { textContent: plain.slice(mark.start, mark.end) });
          const gone = Object.assign(document.createElement("button"), { type: "button", textContent: "Remove the mark" });
          gone.setAttribute("aria-label", `Remove the mark of ${words.textContent}`);
          gone.addEventListener("click", () => {
            marks = marks.filter((one) => one !== mark);
            show();
            status.textContent = `${words.textContent} is not marked any more.`;
            (list.querySelectorAll("button")[place] ?? list.querySelector("button") ?? button).focus();
          });
          item.append(words, ` ${say(mark.told)} `, gone);
          return item;
        }),
      );
    };

    const selected = () => {
      let [start, end] = [field.selectionStart, field.selectionEnd];
      while (start < end && /\s/.test(plain[start])) start += 1;
      while (end > start && /\s/.test(plain[end - 1])) end -= 1;
      return { start, end };
    };

    button.addEventListener("click", () => {
      const { start, end } = selected();
      const words = plain.slice(start, end);
      if (start === end || /[[\]]/.test(words)) {
        status.textContent = "Select the words in the utterance first, then mark them.";
        return;
      }
      const means = value.value.trim().replace(/[{}]/g, "");
      const told = means ? `{"entity": "${entity.value}", "value": ${JSON.stringify(means)}}` : `(${entity.value})`;
      marks = [...marks.filter((one) => one.end <= start || one.start >= end), { start, end, told }];
      marks.sort((one, other) => one.start - other.start);
      value.value = "";
      show();
      status.textContent = `${words} is marked as ${say(told)}.`;
    });
    field.addEventListener("input", () => {
      marks = shift(marks, plain, field.value);
      plain = field.value;
      show();
    });

    field.removeAttribute("name");
    field.value = plain;
    field.after(sent);
    document.getElementById(`${field.id}-notation`)?.remove();
    for (const place of [tools, tools.closest("details")]) place?.removeAttribute("hidden");
    show();
  }
})();
