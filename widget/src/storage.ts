/** What is kept in the browser after the first open: the token, a draft, messages not yet heard. */

/** A storage that never throws: a blocked one (private mode, sandboxed frame) forgets on reload. */
export class Storage {
  readonly memory: Record<string, string> = {};
  readonly area: globalThis.Storage | undefined;
  readonly prefix: string;

  constructor(kind: string | null, base: string) {
    this.prefix = `pointe ${base} `;
    try {
      this.area = kind === "local" ? localStorage : sessionStorage;
    } catch {
      // Blocked: the memory serves.
    }
  }

  get(name: string): string {
    return this.area?.getItem(this.prefix + name) ?? this.memory[name] ?? "";
  }

  /** An empty value removes the entry. */
  set(name: string, value: string): void {
    try {
      if (value) this.area!.setItem(this.prefix + name, value);
      else this.area!.removeItem(this.prefix + name);
    } catch {
      this.memory[name] = value;
    }
  }
}
