// Property values as text.

/** What stands in a property for text: frameworks and pages put values of every kind there, and some are no text at all. */
export function textOf(value: unknown): string {
  try {
    return String(value ?? '').trim();
  } catch {
    return '';
  }
}
