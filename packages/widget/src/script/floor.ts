/**
 * Whether a script may define its element here: not below the floor (Chrome and Edge 125, Firefox 126, Safari
 * 17.5: `light-dark()` and custom states), where the page's fallback text stays, and not twice. The build has Lit make
 * its Trusted Types policy at the first rendering, so where this says no, none is made: a second one of the same
 * name would throw.
 */
export function mayDefine(name: string, version: string): boolean {
  if (!CSS.supports("color", "light-dark(#000,#fff)") || !CSS.supports("selector(:state(a))")) return false;
  const first = customElements.get(name);
  const other: unknown = first && Reflect.get(first, "version");
  if (first && other !== version)
    console.warn(`<${name}> ${String(other)} is already on this page; ${version} is not used.`);
  return !first;
}
