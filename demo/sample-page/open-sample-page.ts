// Opens a frame with one experiment in it. The last one is closed, and with it whatever call it had.
import type { Experiment, LabFrame } from './experiment.js';

/** How it is opened. */
export interface LabOptions {
  /** What a screen reader calls the frame. */
  readonly title: string;
  /** Whether the call begins by itself. */
  readonly dials: boolean;
}

/** Puts the frame in its place; events of the element in it arrive on what is returned. */
export function openLab(place: HTMLElement, experiment: Experiment, options: LabOptions): HTMLElement {
  const frame: LabFrame = document.createElement('iframe');
  frame.title = options.title;
  frame.allow = experiment.allow ?? 'microphone; camera; autoplay';
  frame.experiment = { ...experiment, dials: options.dials };
  frame.src = new URL('./lab/lab.html', document.baseURI).href;
  place.replaceChildren(frame);
  return frame;
}
