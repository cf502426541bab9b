// What a sample page shows: the element, its attributes, and what is wrong around it. Plain data, passed from the demo
// page to the iframe.
import { DEFAULT_DESTINATION, DEFAULT_TOKEN } from '../default-call.js';
import type { EnvironmentFault } from './environment-faults.js';

export interface SamplePageSetup {
  /** Attributes of the element, in addition to WORKING_ATTRIBUTES. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly environmentFault?: EnvironmentFault;
  /** Gives the element a `tokenProvider` that rejects or never settles. */
  readonly tokenProvider?: 'failing' | 'pending';
  /** Another element on the page already has a call. */
  readonly anotherCall?: true;
  /** The permissions of the iframe, as in its `allow` attribute. */
  readonly allow?: string;
}

/** A setup and whether the call starts without a click. */
export interface OpenedSetup extends SamplePageSetup {
  readonly dialsOnLoad: boolean;
}

/** Attributes of a call that works with the local platform. */
export const WORKING_ATTRIBUTES: Readonly<Record<string, string>> = {
  token: DEFAULT_TOKEN,
  destination: DEFAULT_DESTINATION,
  label: 'Call us',
  display: 'inline',
};

/** The sample page reads its setup from this property of its iframe. A URL parameter would let any link set it. */
export interface SamplePageFrame extends HTMLIFrameElement {
  setup?: OpenedSetup;
}
