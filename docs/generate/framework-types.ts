// Types of the tag for the frameworks' own markup, made of the manifest: JSX of React 19, Preact and Solid, templates of
// Vue and Svelte. One interface names what the tag takes; each framework adds its global attributes and its way to listen.
// Event types are not written out: they come from the map that types addEventListener.
import type { Package } from 'custom-elements-manifest';
import { format } from 'prettier';
import { elementOf, fieldsOf, TAG } from './manifest.js';

/** File name → text: a declaration and an empty module for each framework, so that a plain import works too. */
export async function frameworkTypes(manifest: Package): Promise<Record<string, string>> {
  const { summary = '' } = elementOf(manifest);
  const files: Record<string, string> = {};
  for (const [name, text] of Object.entries({ elements: elements(manifest), ...frameworks(summary) })) {
    files[`${name}.d.ts`] = await format(text, { parser: 'typescript', singleQuote: true, printWidth: 110 });
    files[`${name}.js`] = 'export {};\n';
  }
  return files;
}

function elements(manifest: Package): string {
  const element = elementOf(manifest);
  const fields = fieldsOf(element).filter(({ readonly }) => !readonly);
  const attributes = (element.attributes ?? []).filter(({ name }) =>
    fields.every((field) => field.name !== name),
  );
  const line = (name: string, type: string, description = '', initial?: string) =>
    `/** ${description}${initial ? `\n * @default ${initial}` : ''} */\n${JSON.stringify(name)}?: ${type} | undefined;`;
  return `
    // What <${TAG}> takes in markup, for the types of frameworks beside this file. Made of custom-elements.json.
    import type { SwClickToCall, SwClickToCallEventMap } from '../index.js';

    /** Properties by their names, attributes by theirs where those differ. */
    export interface SwClickToCallProps {
      ${fields.map((field) => line(field.name, `SwClickToCall['${field.name}']`, field.description, field.default)).join('\n')}
      ${attributes.map(({ name, type, description }) => line(name, inMarkup(type!.text), description)).join('\n')}
    }

    /** A listener for each event, named as a framework wants it: \`on\`, \`on:\` or whatever stands before the name. */
    export type SwClickToCallListeners<Prefix extends string> = {
      [Name in keyof SwClickToCallEventMap as \`\${Prefix}\${Name}\`]?:
        | ((event: SwClickToCallEventMap[Name]) => void)
        | undefined;
    };
  `;
}

/** Frameworks write numbers as text, and take a bare attribute for true. */
const inMarkup = (type: string): string => (type === 'number' ? 'number | string' : type);

function frameworks(summary: string): Record<string, string> {
  const head = (imports: string, framework: string, names = 'SwClickToCall') => `
    // <${TAG}> in ${framework}. Made of custom-elements.json.
    ${imports}
    import type { ${names} } from '../index.js';
    import type { SwClickToCallListeners, SwClickToCallProps } from './elements.js';
  `;
  /** Adds the tag to an interface of a framework. */
  const tag = (type: string) => `/** ${summary} */\n'${TAG}': ${type};`;
  const instead = (globals: string) => `Omit<${globals}, keyof Own> & Own`;
  return {
    react: `${head(`import type { DetailedHTMLProps, HTMLAttributes } from 'react';`, 'JSX of React 19')}
      type Own = SwClickToCallProps & SwClickToCallListeners<'on'> & { class?: string | undefined };
      declare module 'react' {
        namespace JSX {
          interface IntrinsicElements {
            ${tag(instead('DetailedHTMLProps<HTMLAttributes<SwClickToCall>, SwClickToCall>'))}
          }
        }
      }`,
    preact: `${head(`import type { HTMLAttributes } from 'preact';`, 'JSX of Preact')}
      type Own = SwClickToCallProps & SwClickToCallListeners<'on'>;
      declare module 'preact' {
        namespace JSX {
          interface IntrinsicElements {
            ${tag(instead('HTMLAttributes<SwClickToCall>'))}
          }
        }
      }`,
    solid: `${head(`import type { JSX } from 'solid-js';`, 'JSX of Solid')}
      type Own = SwClickToCallProps & SwClickToCallListeners<'on:'> & {
        [Name in keyof SwClickToCallProps as \`prop:\${Name}\`]?: SwClickToCallProps[Name];
      };
      declare module 'solid-js' {
        namespace JSX {
          interface IntrinsicElements {
            ${tag(instead('JSX.HTMLAttributes<SwClickToCall>'))}
          }
        }
      }`,
    vue: `${head(`import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';`, 'templates of Vue', 'SwClickToCall, SwClickToCallEventMap')}
      type Emits = { [Name in keyof SwClickToCallEventMap]: (event: SwClickToCallEventMap[Name]) => void };
      declare module 'vue' {
        interface GlobalComponents {
          ${tag(`new () => SwClickToCall & {
            $props: Omit<HTMLAttributes, keyof SwClickToCallProps> & SwClickToCallProps & SwClickToCallListeners<'on'> & PublicProps;
            $emit: EmitFn<Emits>;
          }`)}
        }
      }`,
    svelte: `${head(`import type { HTMLAttributes } from 'svelte/elements';`, 'templates of Svelte')}
      type Own = SwClickToCallProps & SwClickToCallListeners<'on'> & SwClickToCallListeners<'on:'>;
      declare module 'svelte/elements' {
        interface SvelteHTMLElements {
          ${tag(instead('HTMLAttributes<SwClickToCall>'))}
        }
      }`,
  };
}
