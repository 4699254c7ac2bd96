export { child, children, element, textOf, type XmlElement } from './element.ts'
export { escapeText, renderXml } from './write.ts'
