/** Gives an object own methods for a while; the returned function takes them back. */
export function lend<T extends object>(target: T, methods: Partial<T>): () => void {
  const before = Object.getOwnPropertyDescriptors(target);
  Object.assign(target, methods);
  return () => {
    for (const name of Object.keys(methods) as (keyof T)[]) {
      const descriptor = (before as Partial<Record<keyof T, PropertyDescriptor>>)[name];
      if (descriptor) Object.defineProperty(target, name, descriptor);
      else delete target[name];
    }
  };
}
