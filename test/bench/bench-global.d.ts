/** What a page gives to the runner (page/present.ts), for the functions it runs inside the page. */
import type { ListBench } from './page/conversations.ts'
import type { IngestBench } from './page/ingest.ts'
import type { Bench } from './page/present.ts'
import type { SearchBench } from './page/search.ts'
import type { ServerBench } from './page/server.ts'

declare global {
  var bench: Bench
  var ingestBench: IngestBench
  var listBench: ListBench
  var searchBench: SearchBench
  var serverBench: ServerBench
}
