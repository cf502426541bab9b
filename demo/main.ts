// The entry of the demo page: registers the element and starts each section.
import '../src/define.js';
import { SwClickToCall } from '../src/element/sw-click-to-call.js';
import { byId } from './by-id.js';
import { startErrorGallery } from './errors/error-gallery.js';
import { startEventLog } from './event-log.js';
import { startFailureSimulator } from './failures/failure-simulator.js';
import { hasLocalPlatform } from './local-platform.js';
import { startOwnSpace } from './own-space.js';
import { startPlayground } from './playground/playground.js';
import { startQuickStart } from './quick-start.js';
import { startThemeEditor } from './theme/theme-editor.js';

const hasPlatform = hasLocalPlatform();
// First, so that it misses no event.
startEventLog();
startQuickStart(byId('quick-start-call', SwClickToCall), hasPlatform);
startPlayground(hasPlatform);
startErrorGallery(hasPlatform);
startFailureSimulator(hasPlatform);
startThemeEditor(hasPlatform);
startOwnSpace(hasPlatform);
document.documentElement.dataset.ready = '';
