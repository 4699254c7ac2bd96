export { CommandError, type CommandInvocation, type CommandOption, type CommandWord, type OperationalCommand } from './command.ts'
export { child, children, element, textOf, type XmlElement } from './xml-element.ts'
