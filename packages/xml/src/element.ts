/** An element of a command's result. Text content and children exclude each other. */
export interface XmlElement {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly text?: string
  readonly children?: readonly XmlElement[]
}

/** Builds an element: `element('name', 'xe-0/0/0')`, `element('interface', [child, undefined, child])`. Children that are undefined are left out. */
export function element(
  name: string,
  content: string | number | readonly (XmlElement | undefined)[] = [],
  attributes?: Readonly<Record<string, string>>,
): XmlElement {
  const base = attributes ? { name, attributes } : { name }
  if (typeof content === 'string' || typeof content === 'number') return { ...base, text: String(content) }
  return { ...base, children: content.filter(child => child !== undefined) }
}

/** The first child of that name. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children?.find(one => one.name === name)
}

/** All children of that name. */
export function children(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return parent?.children?.filter(one => one.name === name) ?? []
}

/** The text of the first child of that name; '' where there is none. */
export function textOf(parent: XmlElement | undefined, name: string): string {
  return child(parent, name)?.text ?? ''
}
