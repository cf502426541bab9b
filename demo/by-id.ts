// Typed access to the elements of index.html.

/** Returns the element with this id and type; throws if index.html has none. */
export function byId<Type extends Element>(id: string, type: abstract new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} with the id "${id}".`);
  return found;
}
