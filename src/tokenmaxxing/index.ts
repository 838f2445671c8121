import { automation } from './automation.ts'
import { bunching } from './bunching.ts'
import { collapse } from './collapse.ts'
import { deadlines } from './deadlines.ts'
import { hiddenThresholds } from './hidden-thresholds.ts'
import { officialWord } from './official-word.ts'
import type { PatternTest } from './pattern-test.ts'
import { quantity } from './quantity.ts'
import { racing } from './racing.ts'
import { selfFinancing } from './self-financing.ts'
import { trivialRequests } from './trivial-requests.ts'
import { visibility } from './visibility.ts'
import { visibleInvisible } from './visible-invisible.ts'

/** Every test of the pattern, in the order of the report. */
export const patterns = [
  bunching,
  hiddenThresholds,
  racing,
  deadlines,
  trivialRequests,
  automation,
  quantity,
  collapse,
  officialWord,
  selfFinancing,
  visibility,
  visibleInvisible,
] as unknown as readonly PatternTest[]
