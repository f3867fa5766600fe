/** What the parts of the embedded service share. */
import type { Bell } from './bell.js'
import type { Directory } from './directory.js'
import type { ServiceRules } from './options.js'
import type { ServiceDatabase } from './service-database.js'

export interface Service {
  readonly database: ServiceDatabase
  readonly rules: ServiceRules
  readonly bell: Bell
  readonly directory: Directory
}
