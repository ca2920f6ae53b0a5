/** Whether a construct path is that of the scope or below it; the empty scope holds everything. */
export function isWithin(path: string, scope: string): boolean {
  return scope === "" || path === scope || path.startsWith(`${scope}/`);
}
