/** Labels as they stand in an address and in a search field: `order=4711`. What of a name would be taken for something else is written as in an address. */

function nameText(name: string): string {
  return name.replace(/[%=]/g, encodeURIComponent);
}

/** A label as text. */
export function labelText(name: string, value: string): string {
  return `${nameText(name)}=${value}`;
}

/** The label that somebody has typed, as text; null when it is none. */
export function typedLabel(typed: string): string | null {
  const at = typed.indexOf('=');
  const name = typed.slice(0, Math.max(0, at)).trim();
  const value = typed.slice(at + 1).trim();
  return name === '' || value === '' ? null : `${name}=${value}`;
}

/** Labels by their names. */
export function labelsOf(texts: string[]): Record<string, string> {
  return Object.fromEntries(
    texts
      .filter((text) => text.includes('='))
      .map((text) => {
        const at = text.indexOf('=');
        return [text.slice(0, at).replace(/%(25|3D)/gi, decodeURIComponent), text.slice(at + 1)];
      }),
  );
}
