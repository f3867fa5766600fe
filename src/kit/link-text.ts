/** Text with its links as elements. */
import type { TemplateResult } from 'lit'

export declare function linkText(text: string): (string | TemplateResult)[]
