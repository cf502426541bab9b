// Completion and hover texts for editors, made of the manifest: VS Code's custom data and JetBrains' web-types.
// Framework types are not made by the sister packages of these makers: theirs name event classes that they do not import,
// wrap them in a second CustomEvent, and offer read-only properties for writing (see framework-types.ts).
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import type { Package } from 'custom-elements-manifest';

/** File name → content. The makers take name and version from the package.json where they run. */
export function editorData(manifest: Package): Record<string, unknown> {
  // They write into what they are given.
  const copy = () => structuredClone(manifest) as Parameters<typeof getWebTypesData>[0];
  return {
    'html-custom-data.json': JSON.parse(getVsCodeHtmlCustomData(copy(), {})),
    'css-custom-data.json': JSON.parse(getVsCodeCssCustomData(copy(), {})),
    'web-types.json': JSON.parse(getWebTypesData(copy(), {})),
  };
}
