// npm run demo:build: the demo page as plain files, in dist-demo/. There is no stand-in then: the page says so, and
// everything that needs none works. The server of "npm run demo" has its own settings (serve.ts).
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { defineConfig } from 'vite';

const here = (path: string) => `${import.meta.dirname}/${path}`;

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that it can be put into any folder of any host.
  base: './',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: here('../dist-demo'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: [here('index.html'), here('lab/lab.html')] },
  },
  plugins: [minifyTemplateLiterals()],
});
