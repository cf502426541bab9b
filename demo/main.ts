// The demo page: registers the element and sets its parts going.
// The log comes first, so that it misses nothing.
import '../src/define.js';
import { SwClickToCall } from '../src/element/sw-click-to-call.js';
import { byId } from './by-id.js';
import { startGallery } from './errors/gallery.js';
import { startEventLog } from './event-log.js';
import { startHero } from './hero.js';
import { startNetwork } from './network/network.js';
import { startPlayground } from './playground/playground.js';
import { startSpace } from './space.js';
import { hasStandIn } from './stand-in.js';
import { startTheme } from './theme/theme.js';

document.documentElement.dataset.standIn = String(hasStandIn);
startEventLog();
startHero(byId('hero-call', SwClickToCall), hasStandIn);
startPlayground(hasStandIn);
startGallery(hasStandIn);
startNetwork(hasStandIn);
startTheme(hasStandIn);
startSpace(hasStandIn);
document.documentElement.dataset.ready = '';
