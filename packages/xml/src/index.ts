export { child, children, element, textOf, type XmlElement } from './element.ts'
export { renderXml } from './write.ts'
