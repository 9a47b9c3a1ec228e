// The tree of categories, asked for once a page.

import {get} from './api.js';
import {language} from './i18n.js';

let asked;

/** The top categories with their children; empty when there are none to be had. */
export function categories() {
  asked ??= get('/v1/categories', {anonymous: true}).then(({categories: tree}) => tree ?? [], () => []);
  return asked;
}

export function nameOf(category) {
  return category.name?.[language()] ?? category.name?.ko ?? category.id;
}

/** The way from the top to a category, empty when it is unknown. */
export async function pathTo(id) {
  const search = (nodes, above) => {
    for (const node of nodes) {
      const path = [...above, node];
      if (node.id === id) return path;
      const found = search(node.children ?? [], path);
      if (found) return found;
    }
    return null;
  };
  return search(await categories(), []) ?? [];
}
