/** Resolves after one task: pending promise callbacks and tasks that were due have run by then. */
export const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
