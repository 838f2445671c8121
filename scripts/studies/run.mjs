// Audits the real data sets of WASHBOARD_DATA and writes docs/studies. Usage: npm run studies

import { grantsRound } from './grants-round.mjs'
import { stars } from './stars.mjs'
import { dataFolder } from './study.mjs'
import { tokenTransfers } from './token-transfers.mjs'

const folder = dataFolder()
for (const study of [grantsRound, tokenTransfers, stars]) await study(folder)
