// npm run demo:build: the demo page as static files in dist-demo/, without the local platform. The server of
// "npm run demo" has its own settings (serve.ts).
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { defineConfig } from 'vite';

const here = (path: string) => `${import.meta.dirname}/${path}`;

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the files work in any folder of any host.
  base: './',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: here('../dist-demo'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: [here('index.html'), here('sample-page/sample-page.html')] },
  },
  plugins: [minifyTemplateLiterals()],
});
