// Waiting for whatever waits for nobody, where the browser's own tasks are among it.

/** A moment later: every promise that could settle has settled, and every task that was due has run. */
export const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
