// The demo page: registers the element and sets its three parts going.
// The log comes first, so that it misses nothing.
import '../src/define.js';
import { SwClickToCall } from '../src/sw-click-to-call.js';
import { byId } from './by-id.js';
import { startEventLog } from './event-log.js';
import { startHero } from './hero.js';
import { startStoryBuilder } from './story-builder.js';

startEventLog();
startHero(byId('hero-call', SwClickToCall));
startStoryBuilder();
