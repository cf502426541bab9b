// What the call interface loads only when it shows it: captions, what an agent shares, pictures.
// Not in load.ts, because that is downloaded before any click, and each of these names costs bytes there.
import { remembered } from '../element/load.js';

// DOMPurify and marked, because both are well kept and made for just this: foreign HTML made harmless, Markdown read.

/**
 * The sanitizer for what an AI agent shows; an instance of our own, because the page may have hooks on the common one.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadSanitizer = remembered(async () => (await import('dompurify')).default(window));

/**
 * The reader of Markdown; what it makes is HTML that still has to be sanitized.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadMarkdown = remembered(() => import('marked'));

/**
 * The captions of an AI agent's call.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadTranscript = remembered(() => import('./agent/transcript.js'));

/**
 * What shows the content that an agent shares.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadSharedContent = remembered(() => import('./agent/shared-content.js'));

/**
 * The pictures of a video call, with their styles.
 * @throws whatever the browser's `import()` rejects with when the file does not arrive.
 */
export const loadVideoStage = remembered(() => import('./video/video-stage.js'));
