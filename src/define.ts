// Door "./define" and the script tag's entry: importing it registers <sw-click-to-call>.
import { register } from './register.js';

register();
