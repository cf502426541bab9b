// What the tests of the browserless parts want of a page, when they run in Node under mutation.
import { GlobalRegistrator } from '@happy-dom/global-registrator';

GlobalRegistrator.register({ url: 'http://localhost:8000/' });
