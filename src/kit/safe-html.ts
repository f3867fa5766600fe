/** Markup of a host's renderer, sanitised. */

/** DOMPurify is loaded with the first string. */
export declare function safeFragment(html: string): Promise<DocumentFragment>
