// The page's own elements, found by id and checked.
// A missing one is a mistake in index.html, told at once and by name.

/** The element with this id, which must be of this type. */
export function byId<Type extends Element>(id: string, type: abstract new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} with the id "${id}".`);
  return found;
}
