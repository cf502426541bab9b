// Runs in the page of shared-content.test.ts that has a strict policy: hands the module to the test.
import { renderContent } from '../../../src/ui/agent/shared-content.js';

Object.assign(window, { renderContent });
