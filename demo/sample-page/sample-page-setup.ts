// One experiment: a page with the element, what its author wrote, and what stands in the way. Plain data, passed from
// the demo page to its frame.
import type { Surrounding } from './surroundings.js';

/** What the frame sets up. */
export interface Experiment {
  /** Attributes beside those of a call that works. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly surrounding?: Surrounding;
  /** The page's own provider of guest tokens. */
  readonly provider?: 'failing' | 'pending';
  /** Another element on the page has a call already. */
  readonly anotherCall?: true;
  /** Permissions of the frame, as its `allow` attribute takes them. */
  readonly allow?: string;
}

/** A call that works, where the stand-in answers. */
export const WORKING: Readonly<Record<string, string>> = {
  token: 'c2c_demo',
  destination: '/public/support',
  label: 'Call us',
  display: 'inline',
};

/** The frame asks the page for its experiment by this name, so that no link can bring one along. */
export interface LabFrame extends HTMLIFrameElement {
  experiment?: Experiment & { readonly dials: boolean };
}
