/** Links a reply may open. Anything else is shown as words. */

const SCHEMES = /^(https?|mailto|tel|sms):$/;

/** The address, absolute, or "" when its scheme is not allowed. */
export function safeLink(href: unknown, base: string): string {
  try {
    const url = new URL(String(href), base);
    return href && SCHEMES.test(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

/** Same site and not inside a frame: the page itself may follow the link. */
export function staysHere(href: string): boolean {
  return window.top === window && new URL(href).origin === location.origin;
}
