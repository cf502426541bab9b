// The headline of the call panel, and what screen readers announce when the panel changes.
import type { PanelModel, PanelOptions } from '../panel/panel-model.js';
import { deviceSentence } from './device-texts.js';
import { spokenTime } from '../../locales/texts.js';

type Speech = Pick<PanelOptions, 'words' | 'language' | 'video'>;

/** The state of the call in one line. */
export function headline(model: PanelModel, { words, language, video }: Speech): string {
  const { state, durationMs, asking } = model;
  if (state === 'preparing' && asking) return video ? words.askCamera : words.askMicrophone;
  if (state === 'ended' && durationMs >= 1000) return words.endedAfter(spokenTime(durationMs, language));
  return state === 'idle' ? '' : words[state];
}

/** One possible announcement: its text when `now` differs from `before` in that respect, else ''. */
type Announcement = (before: PanelModel, now: PanelModel, speech: Speech) => string;

/** Most important first: a screen reader announces the first that applies. */
const ANNOUNCEMENTS: readonly Announcement[] = [
  (before, now, { words }) => (now.muted === before.muted ? '' : words[now.muted ? 'muted' : 'unmuted']),
  (before, now, { words }) => (now.soundBlocked && !before.soundBlocked ? words.tapToHear : ''),
  (before, now, { words }) =>
    now.notice && now.notice !== before.notice ? deviceSentence(words, now.notice) : '',
  (before, now, { words }) => (now.otherTab && !before.otherTab ? words.otherTab : ''),
  (before, now, { words }) => (now.quality === 'poor' && before.quality === 'good' ? words.poorLine : ''),
  (before, now, speech) =>
    now.asking && !before.asking && now.state === 'preparing' ? headline(now, speech) : '',
  stateAnnouncement,
];

/** What a screen reader announces when `before` becomes `now`: one text or ''. */
export function announcement(before: PanelModel, now: PanelModel, speech: Speech): string {
  for (const announce of ANNOUNCEMENTS) {
    const text = announce(before, now, speech);
    if (text) return text;
  }
  return '';
}

function stateAnnouncement(before: PanelModel, now: PanelModel, speech: Speech): string {
  // The element announces failures itself, with or without a panel.
  if (now.state === before.state || now.state === 'failed') return '';
  const isReconnected = before.state === 'reconnecting' && now.state === 'active';
  return isReconnected ? speech.words.reconnected : headline(now, speech);
}

/** "/public/front-desk?channel=video" as a name: "Front desk". */
export function nameOf(destination: string): string {
  const last = destination.split('?')[0]!.split('/').filter(Boolean).pop() ?? destination;
  const spaced = last.replace(/[-_]+/g, ' ').trim();
  return spaced.charAt(0).toLocaleUpperCase() + spaced.slice(1);
}
