// Loaded by the page with a strict policy in shared-content.test.ts: exposes the module to the test.
import { renderContent } from '../../../src/ui/agent/shared-content.js';

Object.assign(window, { renderContent });
