/** What is kept in the browser after the first open: the token, a draft, messages not yet heard. */

export interface Kept { id: string; text: string; at: string }

/** A storage that never throws: a blocked one (private mode, sandboxed frame) forgets on reload. */
export class Storage {
  readonly #memory = new Map<string, string>();
  readonly #area: globalThis.Storage | undefined;
  readonly #prefix: string;

  constructor(kind: string | null, base: string) {
    this.#prefix = `pointe ${base} `;
    try {
      this.#area = kind === "local" ? localStorage : sessionStorage;
    } catch {
      this.#area = undefined;
    }
  }

  get(name: string): string {
    return this.#area?.getItem(this.#prefix + name) ?? this.#memory.get(name) ?? "";
  }

  /** An empty value removes the entry. */
  set(name: string, value: string): void {
    try {
      if (value) this.#area!.setItem(this.#prefix + name, value);
      else this.#area!.removeItem(this.#prefix + name);
    } catch {
      this.#memory.set(name, value);
    }
  }

  // One entry per message, so that two tabs never overwrite each other's queue.
  keep(item: Kept): void {
    this.set(`message ${item.id}`, JSON.stringify(item));
  }

  drop(id: string): void {
    this.set(`message ${id}`, "");
  }

  kept(): Kept[] {
    const prefix = "message ";
    const items = this.#names().filter((name) => name.startsWith(prefix)).map((name) => this.get(name));
    return items.flatMap(readKept).sort((a, b) => a.at.localeCompare(b.at));
  }

  clear(): void {
    for (const name of this.#names()) this.set(name, "");
    this.#memory.clear();
  }

  #names(): string[] {
    const stored = this.#area ? Object.keys(this.#area) : [];
    const own = stored.filter((key) => key.startsWith(this.#prefix)).map((key) => key.slice(this.#prefix.length));
    return [...new Set([...own, ...this.#memory.keys()])];
  }
}

function readKept(text: string): Kept[] {
  try {
    const item = JSON.parse(text) as Kept;
    return item.id && item.text ? [item] : [];
  } catch {
    return [];
  }
}
